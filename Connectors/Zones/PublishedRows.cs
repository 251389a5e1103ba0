using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>
/// What a feed has published of the market time it reads again: only what is new or has changed passes. A record is known by
/// place, interval and time of publication, so that the versions of one interval do not hide each other. Bounded: when full, the
/// oldest intervals are forgotten, and published again, which changes nothing downstream. For one caller at a time.
/// </summary>
/// <param name="rowsAtMost">Records remembered, some 40 bytes each.</param>
internal sealed class PublishedRows(int rowsAtMost = 2_000_000)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly SortedDictionary<DateTimeOffset, Dictionary<(int Place, long PublishedAt), ulong>> _intervals = [];

    /// <summary>Records remembered.</summary>
    public int Count { get; private set; }

    /// <summary>The ticks that are new or differ from what was last published, in their order; they count as published.</summary>
    public PriceTick[] Take(PriceTick[] ticks)
    {
        PriceTick[] news = [.. ticks.Where(Note)];
        while (Count > rowsAtMost && _intervals.Count > 1) Forget(_intervals.First().Key);
        return news;
    }

    /// <summary>Takes back what could not be published after all.</summary>
    public void Release(PriceTick[] ticks)
    {
        foreach (var tick in ticks)
        {
            if (_intervals.TryGetValue(tick.Timestamp, out var interval) && interval.Remove(Key(tick))) Count--;
        }
    }

    /// <summary>Forgets the intervals that start before an instant.</summary>
    public void ForgetBefore(DateTimeOffset start)
    {
        while (_intervals.Count > 0 && _intervals.First().Key is var first && first < start) Forget(first);
    }

    private bool Note(PriceTick tick)
    {
        if (!_intervals.TryGetValue(tick.Timestamp, out var interval)) _intervals[tick.Timestamp] = interval = [];
        var (key, value) = (Key(tick), Value(tick));
        var isKnown = interval.TryGetValue(key, out var before);
        if (isKnown && before == value) return false;

        if (!isKnown) Count++;
        interval[key] = value;
        return true;
    }

    private void Forget(DateTimeOffset start)
    {
        if (_intervals.Remove(start, out var interval)) Count -= interval.Count;
    }

    private (int Place, long PublishedAt) Key(in PriceTick tick)
    {
        if (!_places.TryGetValue(tick.Location, out var place)) _places[tick.Location] = place = _places.Count;
        return (place, tick.PublishedAt.UtcTicks);
    }

    /// <summary>Price and components in 64 bits; null has bits of its own.</summary>
    private static ulong Value(in PriceTick tick)
    {
        var hash = 14695981039346656037UL;
        foreach (var number in (ReadOnlySpan<double?>)[tick.Price, tick.EnergyCost, tick.CongestionCost, tick.LossCost])
        {
            var bits = number is { } known ? BitConverter.DoubleToUInt64Bits(known) : 0x7FF8DEADUL << 32;
            hash = System.Numerics.BitOperations.RotateLeft((hash ^ bits) * 0x9E3779B97F4A7C15UL, 31);
        }

        return hash;
    }
}
