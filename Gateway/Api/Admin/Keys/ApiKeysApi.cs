using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.Admin.Keys;

/// <summary>The calls about API keys, under <c>/admin/api-keys</c>, for administrators.</summary>
internal static class ApiKeysApi
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        var keys = admin.MapGroup("/api-keys").RequireAuthorization(SecurityExtensions.Administrators);
        ListApiKeysCall.Map(keys);
        CreateApiKeyCall.Map(keys);
        RotateApiKeyCall.Map(keys);
        RevokeApiKeyCall.Map(keys);
    }
}
