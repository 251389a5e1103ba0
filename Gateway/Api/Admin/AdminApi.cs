using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>
/// What administrators do, under <c>/api/v1/admin</c>. A call is a file of its own that names its <see cref="AdminAction"/>, and
/// a line here; the role is asked for, and changes and refusals are told, for all of them.
/// </summary>
internal static class AdminApi
{
    public static IServiceCollection AddAdminApi(this IServiceCollection services) => services.AddSingleton<AdminAudit>();

    public static IEndpointRouteBuilder MapAdminApi(this IEndpointRouteBuilder api)
    {
        var admin = api.MapGroup("/admin").WithTags("Administration").RequireAuthorization(SecurityExtensions.Administrators);
        ReadCredentialsCall.Map(admin);
        SetCredentialsCall.Map(admin);
        RemoveCredentialsCall.Map(admin);
        return api;
    }
}
