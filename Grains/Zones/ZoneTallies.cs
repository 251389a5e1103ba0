using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Quality;

namespace OptiBid.Grains.Zones;

/// <summary>What this silo counts of each zone, on the prices' way and beside it.</summary>
internal sealed class ZoneTallies(IOptions<QualityOptions> options, TimeProvider clock)
{
    private readonly ZoneTally[] _zones = [.. MarketZones.All.Select(_ => new ZoneTally(options.Value.ComponentTolerance))];
    private readonly ConcurrentDictionary<(string Topic, int Partition), long> _rejected = new();

    /// <summary>Counts a batch of one zone.</summary>
    public void Add(ReadOnlySpan<PriceTick> ticks, ReadOnlySpan<TickKind> kinds, List<PriceUpdate> newest)
    {
        if (ticks.Length > 0) Of(ticks[0].MarketZone).Add(ticks, kinds, newest, clock.GetUtcNow());
    }

    /// <summary>Counts a record that could not be read, once: a partition that is read again has it again.</summary>
    public void Reject(string topic, int partition, long offset)
    {
        var last = _rejected.GetOrAdd((topic, partition), -1);
        if (offset <= last || !_rejected.TryUpdate((topic, partition), offset, last)) return;
        if (topic.StartsWith(MarketZones.TopicPrefix, StringComparison.Ordinal) && MarketZones.TryParse(topic[MarketZones.TopicPrefix.Length..], out var zone))
            Of(zone).Reject(null, null, clock.GetUtcNow());
    }

    /// <summary>Counts a tick that could be read and not be stored.</summary>
    public void Reject(in PriceTick tick) => Of(tick.MarketZone).Reject(tick.Source ?? FeedNames.Unnamed, tick.PriceType, clock.GetUtcNow());

    /// <summary>Counts a finding about a location.</summary>
    public void Found(QualityEvent finding)
    {
        if (finding.Location is not null) Of(finding.Zone).Find(finding);
    }

    /// <summary>All that has been counted of a zone since the last time.</summary>
    public FeedCounts[] Take(MarketZone zone) => Of(zone).Take();

    private ZoneTally Of(MarketZone zone) => _zones[(int)zone - 1];
}
