using Microsoft.Extensions.DependencyInjection.Extensions;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>
/// What operators and administrators do, under <c>/api/v1/admin</c>. A call is a file of its own that names its <see cref="AdminAction"/>, and
/// a line here; the role is asked for, and changes and refusals are told, for all of them. Credentials are administrators' alone.
/// </summary>
internal static class AdminApi
{
    public static IServiceCollection AddAdminApi(this IServiceCollection services)
    {
        services.TryAddSingleton<IZoneConnectors, GrainConnectors>();
        return services.AddSingleton<AdminAudit>();
    }

    public static IEndpointRouteBuilder MapAdminApi(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/admin").WithTags("Administration");
        var operators = group.MapGroup("").RequireAuthorization(SecurityExtensions.Operators);
        ConnectorsCall.Map(operators);
        IngestionsCall.Map(operators);
        BackfillsCall.Map(operators);
        var administrators = group.MapGroup("").RequireAuthorization(SecurityExtensions.Administrators);
        ReadCredentialsCall.Map(administrators);
        SetCredentialsCall.Map(administrators);
        RemoveCredentialsCall.Map(administrators);
        return api;
    }
}
