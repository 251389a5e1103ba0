using System.Runtime.InteropServices;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Quality;

namespace OptiBid.Grains.Zones;

/// <summary>
/// What this silo has counted of one zone since it was last taken, by feed and hour. Bounded: so many feeds, and the hours of
/// <see cref="FeedKey.Reach"/>. Called from several partitions at once, each with a whole batch.
/// </summary>
internal sealed class ZoneTally(double componentTolerance)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _feeds = new(StringComparer.Ordinal);
    private Dictionary<(FeedKey Feed, DateTimeOffset Hour), FeedCounts> _counts = [];

    /// <summary>Counts a batch as the locations took it.</summary>
    public void Add(ReadOnlySpan<PriceTick> ticks, ReadOnlySpan<TickKind> kinds, List<PriceUpdate> newest, DateTimeOffset now)
    {
        var oldest = FeedKey.HourOf(now - FeedKey.Reach);
        lock (_gate)
        {
            for (var i = 0; i < ticks.Length; i++)
            {
                // Neighbours are mostly of one feed and hour, so the place is looked up once for many.
                var run = 1;
                while (i + run < ticks.Length && IsAlike(ticks[i], ticks[i + run])) run++;
                if (FeedKey.HourOf(ticks[i].Timestamp) is var hour && hour >= oldest)
                    Count(ticks.Slice(i, run), kinds.Slice(i, run), ref At(ticks[i].Source ?? FeedNames.Unnamed, ticks[i].PriceType, hour));
                i += run - 1;
            }

            var updates = CollectionsMarshal.AsSpan(newest);
            for (var i = 0; i < updates.Length;)
            {
                ref readonly var first = ref updates[i];
                var (sum, count) = (0.0, 0);
                for (; i < updates.Length && IsAlike(first.Tick, updates[i].Tick); i++)
                {
                    if (updates[i].Volatility24h is not { } volatility) continue;
                    sum += volatility;
                    count++;
                }

                if (count > 0) AddVolatility(ref At(first.Tick.Source ?? FeedNames.Unnamed, first.Tick.PriceType, FeedKey.HourOf(first.Tick.Timestamp)), sum, count);
            }
        }
    }

    /// <summary>Counts a record that could not be taken; null for a feed that is not known.</summary>
    public void Reject(string? feed, PriceType? type, DateTimeOffset now)
    {
        lock (_gate)
        {
            ref var counts = ref At(feed ?? FeedNames.Unreadable, type, FeedKey.HourOf(now));
            counts = counts with { Rejected = counts.Rejected + 1 };
        }
    }

    /// <summary>Counts a finding about a location.</summary>
    public void Find(QualityEvent finding)
    {
        lock (_gate)
        {
            ref var counts = ref At(finding.Feed ?? FeedNames.Unnamed, finding.PriceType, FeedKey.HourOf(finding.ObservedAt));
            if (finding.Kind == QualityKind.FlatLined) counts = counts with { FlatLined = counts.FlatLined + 1 };
            if (finding.Kind == QualityKind.Spike) counts = counts with { Spikes = counts.Spikes + 1 };
        }
    }

    /// <summary>All that has been counted since the last time.</summary>
    public FeedCounts[] Take()
    {
        lock (_gate)
        {
            if (_counts.Count == 0) return [];
            FeedCounts[] taken = [.. _counts.Values];
            _counts = [];
            return taken;
        }
    }

    private void Count(ReadOnlySpan<PriceTick> ticks, ReadOnlySpan<TickKind> kinds, ref FeedCounts counts)
    {
        var (first, late, revised, duplicates, mismatches, newest) = (0, 0, 0, 0, 0, counts.Newest);
        for (var i = 0; i < ticks.Length; i++)
        {
            switch (kinds[i])
            {
                case TickKind.New: first++; break;
                case TickKind.Late: first++; late++; break;
                case TickKind.Revised: revised++; break;
                case TickKind.Duplicate or TickKind.Superseded: duplicates++; continue;
                default: continue;
            }

            if (ticks[i].Timestamp > newest) newest = ticks[i].Timestamp;
            if (PriceChecks.IsMismatched(ticks[i], componentTolerance)) mismatches++;
        }

        counts = counts with
        {
            First = counts.First + first,
            Late = counts.Late + late,
            Revised = counts.Revised + revised,
            Duplicates = counts.Duplicates + duplicates,
            Mismatches = counts.Mismatches + mismatches,
            Newest = newest,
        };
    }

    private static void AddVolatility(ref FeedCounts counts, double sum, int count) =>
        counts = counts with { VolatilitySum = counts.VolatilitySum + sum, VolatilityCount = counts.VolatilityCount + count };

    private ref FeedCounts At(string feed, PriceType? type, DateTimeOffset hour)
    {
        if (!_feeds.Contains(feed))
        {
            if (_feeds.Count < FeedKey.Most) _feeds.Add(feed);
            else feed = FeedNames.Others;
        }

        ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (new(feed, type), hour), out var isKnown);
        if (!isKnown) counts = new() { Feed = feed, PriceType = type, Hour = hour };
        return ref counts;
    }

    private static bool IsAlike(in PriceTick one, in PriceTick other) =>
        one.PriceType == other.PriceType && one.Timestamp.UtcTicks / TimeSpan.TicksPerHour == other.Timestamp.UtcTicks / TimeSpan.TicksPerHour
        && string.Equals(one.Source, other.Source, StringComparison.Ordinal);
}
