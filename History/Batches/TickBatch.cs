using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Batches;

/// <summary>
/// Ticks made ready to be written. A statement can change a row once, so ticks that share a key are put into
/// rounds, earliest publication first: writing the rounds one after another gives what writing the ticks one by
/// one in the order of their publication would.
/// </summary>
internal sealed class TickBatch
{
    private readonly int[]? _rounds;

    private TickBatch(ReadOnlyMemory<PriceTick> ticks, int[]? rounds, int roundCount, (long First, long Last) intervals)
    {
        Ticks = ticks;
        _rounds = rounds;
        RoundCount = roundCount;
        (First, Last) = (new(intervals.First, TimeSpan.Zero), new(intervals.Last, TimeSpan.Zero));
    }

    /// <summary>The ticks as they came.</summary>
    public ReadOnlyMemory<PriceTick> Ticks { get; }

    /// <summary>How many rounds; 1 when no key occurs twice.</summary>
    public int RoundCount { get; }

    /// <summary>The earliest interval start, UTC.</summary>
    public DateTimeOffset First { get; }

    /// <summary>The latest interval start, UTC.</summary>
    public DateTimeOffset Last { get; }

    /// <summary>The round of a tick; -1 for the redelivery of another, which is not written.</summary>
    public int RoundOf(int index) => _rounds is null ? 0 : _rounds[index];

    /// <summary>How many ticks are in a round.</summary>
    public int CountIn(int round) => _rounds is null ? Ticks.Length : _rounds.AsSpan().Count(round);

    /// <summary>Checks ticks and puts them into rounds.</summary>
    /// <exception cref="HistoryRejectedException">No store could keep one of them.</exception>
    public static TickBatch From(ReadOnlyMemory<PriceTick> ticks)
    {
        var span = ticks.Span;
        var first = new Dictionary<Key, int>(span.Length);
        Dictionary<Key, List<int>>? shared = null;
        var intervals = (First: long.MaxValue, Last: long.MinValue);
        for (var i = 0; i < span.Length; i++)
        {
            TickText.Check(span[i]);
            var key = Key.Of(span[i]);
            intervals = (Math.Min(intervals.First, key.Timestamp), Math.Max(intervals.Last, key.Timestamp));
            if (first.TryAdd(key, i)) continue;

            shared ??= [];
            if (!shared.TryGetValue(key, out var indexes)) shared.Add(key, indexes = [first[key]]);
            indexes.Add(i);
        }

        return shared is null ? new(ticks, null, 1, intervals) : WithRounds(ticks, shared.Values, intervals);
    }

    private static TickBatch WithRounds(ReadOnlyMemory<PriceTick> ticks, IEnumerable<List<int>> shared, (long First, long Last) intervals)
    {
        var rounds = new int[ticks.Length];
        var count = 1;
        foreach (var indexes in shared)
        {
            // Sorted by index last: of two published at one instant, at one place in the log, the one that came first counts.
            var order = indexes
                .Select(i => (Index: i, Published: Moment.CutTicks(ticks.Span[i].PublishedAt), ticks.Span[i].Sequence))
                .OrderBy(tick => tick.Published).ThenBy(tick => tick.Sequence).ThenBy(tick => tick.Index);
            var round = -1;
            (int Index, long Published, long Sequence) last = default;
            foreach (var tick in order)
            {
                var repeats = round >= 0 && (tick.Published, tick.Sequence) == (last.Published, last.Sequence);
                rounds[tick.Index] = repeats ? -1 : ++round;
                if (!repeats) last = tick;
            }

            count = Math.Max(count, round + 1);
        }

        return new(ticks, rounds, count, intervals);
    }

    private readonly record struct Key(long Timestamp, string Location, MarketZone Zone, PriceType PriceType)
    {
        public static Key Of(in PriceTick tick) => new(Moment.CutTicks(tick.Timestamp), tick.Location, tick.MarketZone, tick.PriceType);
    }
}
