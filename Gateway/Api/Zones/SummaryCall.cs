using Microsoft.AspNetCore.Http.HttpResults;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Security;
using OptiBid.Gateway.Zones;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Quality;

namespace OptiBid.Gateway.Api.Zones;

/// <summary><c>GET /summary</c>: each zone in a line.</summary>
internal static class SummaryCall
{
    private static readonly ApiCall Call = new([])
    {
        Example = """
            {"as_of":"2026-11-22T17:31:02.114Z","items":[
             {"market_zone":"PJM","status":"LIVE","price_type":"REAL_TIME_5_MIN","locations":13549,"average_price":31.42,"min_price":-4.1,"max_price":118.02,"volatility":3.2,
              "freshness_seconds":62,"completeness":99.8,"renewable_percentage":8.4,"load":83100,"load_forecast":83211,"last_update":"2026-11-22T17:30:40Z"},
             {"market_zone":"SPP","status":"OFF","price_type":null,"locations":0,"average_price":null,"min_price":null,"max_price":null,"volatility":null,
              "freshness_seconds":null,"completeness":null,"renewable_percentage":null,"load":null,"load_forecast":null,"last_update":null}]}
            """,
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/summary", HandleAsync)
        .Describe(Call, "GetSummary", "Each zone in a line",
            "Every zone that the caller may see: figures of its newest real-time prices (of the shortest interval it has, else of the day-ahead ones), $/MWh; volatility is the mean of the locations' 24-hour volatility; " +
            "freshness is the time since the end of the newest interval; completeness is that of the worst feed in its newest reckoned hour. " +
            "Status is OFF, WAITING, LIVE or STALE. What is not known, also because the cluster does not answer within two seconds, is null.");

    private static async Task<Ok<SummaryAnswer>> HandleAsync(HttpContext context, NewestFigures figures, IZones zones, ZoneVisibility visibility, IConfiguration configuration, TimeProvider clock)
    {
        _ = Call.Read(context);

        // The silos' own setting; a gateway need not have any of theirs.
        var patience = configuration.GetValue($"{QualityOptions.Section}:{nameof(QualityOptions.Patience)}", new QualityOptions().Patience);
        var items = await Task.WhenAll(visibility.For(context.User).Enumerate().Select(zone => ViewAsync(zone, figures.Main(zone), zones, patience, clock)));
        return TypedResults.Ok(new SummaryAnswer(ApiTime.Of(clock.GetUtcNow()), items));
    }

    private static async Task<SummaryView> ViewAsync(MarketZone zone, ZoneFigures? figures, IZones zones, TimeSpan patience, TimeProvider clock)
    {
        var (asked, told) = (zones.GetConnectorAsync(zone), zones.GetQualityAsync(zone));
        var (connector, quality) = (await asked, await told);
        var now = clock.GetUtcNow();
        return new(
            zone.Name(), ZoneStatus.Of(figures, connector, now, patience), figures?.Type.Name(), figures?.Locations ?? 0, figures?.Average, figures?.Min, figures?.Max, figures?.Volatility,
            figures?.Freshness(now), Completeness(quality), connector?.RenewablePercentage ?? figures?.RenewablePercentage, connector?.Load,
            connector?.LoadForecast ?? figures?.LoadForecast, ApiTime.Of(figures?.LastUpdate));
    }

    /// <summary>The least of the feeds' completeness, each in its newest hour that has one; percent.</summary>
    private static double? Completeness(ZoneQuality? quality) => quality?.Feeds
        .Where(feed => feed.Completeness is not null)
        .GroupBy(feed => (feed.Feed, feed.PriceType))
        .Min(feed => feed.MaxBy(hour => hour.Hour)!.Completeness);
}

/// <summary>Each zone in a line.</summary>
internal sealed record SummaryAnswer(DateTime AsOf, SummaryView[] Items);

/// <summary>A zone in a line; null for what is not known.</summary>
internal sealed record SummaryView(
    string MarketZone, string? Status, string? PriceType, int Locations, double? AveragePrice, double? MinPrice, double? MaxPrice, double? Volatility,
    double? FreshnessSeconds, double? Completeness, double? RenewablePercentage, double? Load, double? LoadForecast, DateTime? LastUpdate);
