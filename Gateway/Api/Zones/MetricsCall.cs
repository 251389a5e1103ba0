using Microsoft.AspNetCore.Http.HttpResults;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Security;
using OptiBid.Gateway.Zones;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Zones;

/// <summary><c>GET /metrics/current</c>: figures of the newest prices, by zone and price series.</summary>
internal static class MetricsCall
{
    private static readonly ApiCall Call = new([Parameters.ZoneFilter])
    {
        Example = """
            {"as_of":"2026-11-22T17:31:02.114Z","items":[
             {"market_zone":"PJM","price_type":"REAL_TIME_5_MIN","timestamp":"2026-11-22T17:25:00Z","locations":13549,"data_points":13549,"average_price":31.42,"min_price":-4.1,
              "max_price":118.02,"volatility":3.2,"freshness_seconds":62,"renewable_percentage":8.4,"load_forecast":83211,"last_update":"2026-11-22T17:30:40Z",
              "risen":[{"location":"51288","location_name":"WESTERN HUB","price":45.1,"change":12.4}],
              "fallen":[{"location":"33092371","location_name":"AEP-DAYTON HUB","price":18.2,"change":-6.9}]}]}
            """,
        Refusals = [403],
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/metrics/current", HandleAsync)
        .Describe(Call, "GetCurrentMetrics", "Zone metrics now",
            "Figures of the newest price of each location, $/MWh, out of the same table that /prices/live shows, at most a second old. data_points counts the locations that have the newest interval; " +
            "volatility is the mean of the locations' 24-hour volatility (sample standard deviation of price changes); risen and fallen are the five largest changes of the newest interval against the one before.");

    private static async Task<Ok<MetricsAnswer>> HandleAsync(HttpContext context, NewestFigures figures, IZones zones, ZoneVisibility visibility, TimeProvider clock)
    {
        var wanted = Call.Read(context).Zones(Parameters.ZoneFilter, visibility.For(context.User));
        var shown = figures.Get().Where(found => wanted.Contains(found.Zone)).ToArray();
        var connectors = await Task.WhenAll(shown.Select(found => found.Zone).Distinct().Select(async zone => (zone, Status: await zones.GetConnectorAsync(zone))));
        var known = connectors.ToDictionary(connector => connector.zone, connector => connector.Status);
        var now = clock.GetUtcNow();
        return TypedResults.Ok(new MetricsAnswer(ApiTime.Of(now), [.. shown.Select(found => MetricsView.Of(found, known[found.Zone], now))]));
    }
}

/// <summary>Figures of zones, by zone and price series.</summary>
internal sealed record MetricsAnswer(DateTime AsOf, MetricsView[] Items);

/// <summary>Figures of one price series of a zone.</summary>
internal sealed record MetricsView(
    string MarketZone, string PriceType, DateTime Timestamp, int Locations, int DataPoints, double AveragePrice, double MinPrice, double MaxPrice, double? Volatility,
    double FreshnessSeconds, double? RenewablePercentage, double? LoadForecast, DateTime LastUpdate, MoverView[] Risen, MoverView[] Fallen)
{
    public static MetricsView Of(ZoneFigures found, ConnectorStatus? connector, DateTimeOffset now) => new(
        found.Zone.Name(), found.Type.Name(), ApiTime.Of(found.Newest), found.Locations, found.Current, found.Average, found.Min, found.Max, found.Volatility,
        found.Freshness(now), connector?.RenewablePercentage ?? found.RenewablePercentage, connector?.LoadForecast ?? found.LoadForecast, ApiTime.Of(found.LastUpdate),
        [.. found.Risen.Select(MoverView.Of)], [.. found.Fallen.Select(MoverView.Of)]);
}

/// <summary>A price that moved; both numbers in $/MWh.</summary>
internal sealed record MoverView(string Location, string? LocationName, double Price, double Change)
{
    public static MoverView Of(LivePrice price) => new(price.View.Location, price.View.LocationName, price.Update.Tick.Price, price.Update.Change!.Value);
}
