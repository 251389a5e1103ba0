using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Api.Alerts;
using OptiBid.Gateway.Api.Analytics;
using OptiBid.Gateway.Api.Backfills;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Prices;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.RealTime;
using OptiBid.Gateway.Api.Zones;
using OptiBid.Gateway.Audit;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Locations;

namespace OptiBid.Gateway.Api;

/// <summary>The REST interface.</summary>
internal static class ApiExtensions
{
    public static IHostApplicationBuilder AddApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddProblems();
        builder.Services.AddDocs();
        builder.Services.AddAdminApi();
        builder.Services.AddAudit(builder.Configuration);
        builder.Services.AddAnalyticsApi();
        builder.Services.AddZonesApi();
        builder.Services.AddAlertsApi(builder.Configuration);
        builder.Services.AddHistoryCache();
        builder.Services.ConfigureHttpJsonOptions(static json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, new BucketJson());
            json.SerializerOptions.PropertyNamingPolicy = ApiJson.Default.Options.PropertyNamingPolicy;
            json.SerializerOptions.NumberHandling = ApiJson.Default.Options.NumberHandling;
        });
        builder.Services.AddSingleton<LocationLookup>();
        builder.Services.AddSingleton<MatchingTicks>();
        builder.Services.AddSingleton<HistoryReading>();
        return builder;
    }

    public static WebApplication MapApi(this WebApplication app)
    {
        var group = app.MapGroup("/api/v1").AddEndpointFilter<RouteGroupBuilder, ProblemAnswers>();
        var prices = group.MapGroup("").WithTags("Prices");
        LivePricesCall.Map(prices);
        PriceHistoryCall.Map(prices);
        PriceQueryCall.Map(prices);
        LocationPricesCall.Map(prices);
        RealTimeCall.Map(group.MapGroup("").WithTags("Live"));
        LocationsCall.Map(group.MapGroup("").WithTags("Locations"));
        AnalyticsApi.Map(group);
        BackfillsApi.Map(group);
        ZonesApi.Map(group);
        AlertsApi.Map(group);
        AdminApi.Map(group);
        return app;
    }
}
