using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Zones;

/// <summary>The meter <c>OptiBid.Quality</c>: what the zones that live on this silo know of their feeds.</summary>
internal sealed class ZoneInstruments
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "OptiBid.Quality";

    private readonly ConcurrentDictionary<MarketZone, FeedQuality[]> _zones = new();

    public ZoneInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("optibid.quality.completeness", () => Measure(static feed => feed.Completeness), "%", "Prices received of those due in the feed's newest reckoned hour");
        meter.CreateObservableGauge("optibid.quality.freshness", () => Measure(static feed => feed.FreshnessSeconds), "s", "Time since the end of the newest interval of a feed; negative for prices set ahead");
        meter.CreateObservableGauge("optibid.quality.anomalies", () => Measure(static feed => feed.Anomalies), "{finding}", "Flat-lines, spikes and component mismatches of the feed's present hour");
    }

    /// <summary>Shows a zone's rows.</summary>
    public void Show(MarketZone zone, FeedQuality[] rows) => _zones[zone] = rows;

    /// <summary>Shows a zone no more: it lives elsewhere.</summary>
    public void Forget(MarketZone zone) => _zones.TryRemove(zone, out _);

    // The newest hour for which there is a figure.
    private List<Measurement<double>> Measure(Func<FeedQuality, double?> of) =>
    [
        .. _zones.Values.SelectMany(zone => zone.GroupBy(row => (row.Zone, row.Feed, row.PriceType)))
            .Select(feed => (feed.Key, Value: feed.Select(of).FirstOrDefault(static value => value is not null)))
            .Where(feed => feed.Value is not null)
            .Select(feed => new Measurement<double>(
                feed.Value!.Value, new("zone", feed.Key.Zone.Name()), new("feed", feed.Key.Feed), new("price_type", feed.Key.PriceType?.Name() ?? ""))),
    ];
}
