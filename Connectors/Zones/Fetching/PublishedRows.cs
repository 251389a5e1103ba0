using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones.Fetching;

/// <summary>
/// What a feed has published: only what is new, has changed or is published again later passes. Of each place, price series and
/// interval the latest publication is remembered; an earlier one that comes after it changes nothing downstream. Bounded: when full, the
/// oldest intervals are forgotten, and published again, which changes nothing downstream either. For one caller at a time.
/// </summary>
/// <param name="rowsAtMost">Prices remembered, some 40 bytes each.</param>
internal sealed class PublishedRows(int rowsAtMost = 2_000_000)
{
    private readonly Dictionary<(string Location, PriceType Type), int> _places = [];
    private readonly SortedDictionary<DateTimeOffset, Dictionary<int, (long PublishedAt, ulong Value)>> _intervals = [];

    /// <summary>Prices remembered.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Tells what is to be published of ticks, in their order; that counts as published. Where it is all of them, as when the
    /// past is read, they are handed on as they are.
    /// </summary>
    public News Take(PriceTick[] ticks)
    {
        List<PriceTick>? news = null;
        var (accepted, revised) = (0, 0);
        for (var i = 0; i < ticks.Length; i++)
        {
            var change = Note(ticks[i]);
            if (change == Change.None)
            {
                news ??= [.. ticks.AsSpan(0, i)];
                continue;
            }

            news?.Add(ticks[i]);
            if (change == Change.New) accepted++;
            else if (change == Change.Value) revised++;
        }

        while (Count > rowsAtMost && _intervals.Count > 1) Forget(_intervals.First().Key);
        return new(news is null ? ticks : [.. news], accepted, revised, ticks.Length - accepted - revised);
    }

    /// <summary>Takes back what could not be published after all.</summary>
    public void Release(PriceTick[] ticks)
    {
        foreach (var tick in ticks)
        {
            if (_intervals.TryGetValue(tick.Timestamp, out var interval) && interval.Remove(Place(tick))) Count--;
        }
    }

    /// <summary>Forgets the intervals that start before an instant.</summary>
    public void ForgetBefore(DateTimeOffset start)
    {
        while (_intervals.Count > 0 && _intervals.First().Key is var first && first < start) Forget(first);
    }

    private Change Note(in PriceTick tick)
    {
        if (!_intervals.TryGetValue(tick.Timestamp, out var interval)) _intervals[tick.Timestamp] = interval = [];
        var (place, now) = (Place(tick), (PublishedAt: tick.PublishedAt.UtcTicks, Value: Value(tick)));
        if (!interval.TryGetValue(place, out var before))
        {
            Count++;
            interval[place] = now;
            return Change.New;
        }

        if (now.PublishedAt < before.PublishedAt || now == before) return Change.None;
        interval[place] = now;
        return now.Value == before.Value ? Change.Publication : Change.Value;
    }

    private void Forget(DateTimeOffset start)
    {
        if (_intervals.Remove(start, out var interval)) Count -= interval.Count;
    }

    private int Place(in PriceTick tick)
    {
        var key = (tick.Location, tick.PriceType);
        if (!_places.TryGetValue(key, out var place)) _places[key] = place = _places.Count;
        return place;
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

    /// <summary>What is to be published, and what became of all ticks.</summary>
    /// <param name="Ticks">To be published: new, revised, and repeated at a later time.</param>
    /// <param name="Accepted">Never published before.</param>
    /// <param name="Revised">Published before with another value.</param>
    /// <param name="Duplicate">Published before with the same value, or superseded.</param>
    internal readonly record struct News(PriceTick[] Ticks, int Accepted, int Revised, int Duplicate);

    private enum Change
    {
        None,
        New,
        Value,
        Publication,
    }
}
