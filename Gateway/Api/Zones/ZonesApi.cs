using Microsoft.Extensions.DependencyInjection.Extensions;
using OptiBid.Gateway.Zones;

namespace OptiBid.Gateway.Api.Zones;

/// <summary>What the REST interface tells of zones as a whole.</summary>
internal static class ZonesApi
{
    public static void AddZonesApi(this IServiceCollection services)
    {
        services.AddSingleton<NewestFigures>();
        services.TryAddSingleton<IZones, GrainZones>();
    }

    public static void Map(IEndpointRouteBuilder group)
    {
        var zones = group.MapGroup("").WithTags("Zones");
        SummaryCall.Map(zones);
        MetricsCall.Map(zones);
        QualityCall.Map(zones);
        QualityEventsCall.Map(zones);
    }
}
