using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.Analytics;

/// <summary>The analytics of the REST interface.</summary>
internal static class AnalyticsApi
{
    public static void AddAnalyticsApi(this IServiceCollection services) => services.AddSingleton<AnalyticsReading>();

    public static void Map(IEndpointRouteBuilder group)
    {
        var analytics = group.MapGroup("").WithTags("Analytics").CountsAsExport();
        StorageValueCall.Map(analytics);
        SpreadsCall.Map(analytics);
        PriceTrendsCall.Map(analytics);
    }
}
