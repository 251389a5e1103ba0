using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Buckets;

/// <summary>The buckets of one clock within a piece of time, and the zones that go by that clock.</summary>
internal sealed class ClockBuckets
{
    private readonly Dictionary<DateTimeOffset, DateTimeOffset> _ends = [];

    private ClockBuckets(IReadOnlyList<MarketZone> zones, DateTimeOffset[] starts, DateTimeOffset end)
    {
        (Zones, Starts, End) = (zones, starts, end);
        for (var i = 0; i < starts.Length; i++) _ends.Add(starts[i], i + 1 < starts.Length ? starts[i + 1] : end);
    }

    /// <summary>The zones.</summary>
    public IReadOnlyList<MarketZone> Zones { get; }

    /// <summary>The buckets' starts, ascending, at least one.</summary>
    public DateTimeOffset[] Starts { get; }

    /// <summary>End of the last bucket.</summary>
    public DateTimeOffset End { get; }

    /// <summary>The buckets that start within a piece of time and overlap the query's; null when there are none.</summary>
    public static ClockBuckets? Within(BucketCalendar calendar, IReadOnlyList<MarketZone> zones, PriceQuery query, DateTimeOffset from, DateTimeOffset until)
    {
        var first = calendar.StartOf(query.Start);
        DateTimeOffset[] starts = [.. calendar.Starts(first > from ? first : from, until)];
        return starts.Length == 0 ? null : new(zones, starts, calendar.Next(starts[^1]));
    }

    /// <summary>Whether a bucket starts here.</summary>
    public bool StartsAt(DateTimeOffset instant) => _ends.ContainsKey(instant);

    /// <summary>End of the bucket that starts here.</summary>
    public DateTimeOffset EndOf(DateTimeOffset start) => _ends[start];
}
