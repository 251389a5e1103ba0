using Microsoft.Extensions.DependencyInjection.Extensions;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>The calls of operators and administrators, under <c>/admin</c>.</summary>
internal static class AdminApi
{
    public static IServiceCollection AddAdminApi(this IServiceCollection services)
    {
        services.TryAddSingleton<IZoneConnectors, GrainConnectors>();
        return services;
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/admin").WithTags("Administration").RequireAuthorization(SecurityExtensions.Operators);
        ConnectorsCall.Map(group);
        IngestionsCall.Map(group);
        BackfillsCall.Map(group);
    }
}
