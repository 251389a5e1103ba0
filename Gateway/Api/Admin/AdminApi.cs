using Microsoft.Extensions.DependencyInjection.Extensions;
using OptiBid.Gateway.Api.Admin.Keys;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>
/// The calls of operators and administrators, under <c>/admin</c>: a file each, and a line here. A call that is for
/// administrators alone says so itself; one that changes something has an <see cref="AdminAction"/>, for the record.
/// </summary>
internal static class AdminApi
{
    public static IServiceCollection AddAdminApi(this IServiceCollection services)
    {
        services.TryAddSingleton<IZoneConnectors, GrainConnectors>();
        return services.AddSingleton<AdminAudit>();
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/admin").WithTags("Administration").RequireAuthorization(SecurityExtensions.Operators)
            .AddEndpointFilter<RouteGroupBuilder, CallersZones>();
        ConnectorsCall.Map(group);
        IngestionsCall.Map(group);
        PauseCalls.Map(group);
        ReadCredentialsCall.Map(group);
        SetCredentialsCall.Map(group);
        RemoveCredentialsCall.Map(group);
        AuditCall.Map(group);
        ApiKeysApi.Map(group);
    }
}
