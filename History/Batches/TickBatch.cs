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

    private TickBatch(ReadOnlyMemory<PriceTick> ticks, int[]? rounds, int roundCount)
    {
        Ticks = ticks;
        _rounds = rounds;
        RoundCount = roundCount;
    }

    /// <summary>The ticks as they came.</summary>
    public ReadOnlyMemory<PriceTick> Ticks { get; }

    /// <summary>How many rounds; 1 when no key occurs twice.</summary>
    public int RoundCount { get; }

    /// <summary>The round of a tick; -1 for the repetition of another, which is not written.</summary>
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
        for (var i = 0; i < span.Length; i++)
        {
            TickText.Check(span[i]);
            var key = Key.Of(span[i]);
            if (first.TryAdd(key, i)) continue;

            shared ??= [];
            if (!shared.TryGetValue(key, out var indexes)) shared.Add(key, indexes = [first[key]]);
            indexes.Add(i);
        }

        return shared is null ? new(ticks, null, 1) : WithRounds(ticks, shared.Values);
    }

    private static TickBatch WithRounds(ReadOnlyMemory<PriceTick> ticks, IEnumerable<List<int>> shared)
    {
        var span = ticks.Span;
        var rounds = new int[span.Length];
        var count = 1;
        foreach (var indexes in shared)
        {
            // Sorted by index last: of two published at one instant, at one offset, the one that came first wins.
            var order = indexes
                .Select(i => (Index: i, Published: Moment.CutTicks(ticks.Span[i].PublishedAt), ticks.Span[i].Sequence))
                .OrderBy(tick => tick.Published).ThenBy(tick => tick.Sequence).ThenBy(tick => tick.Index);
            var round = -1;
            (int Index, long Published, long Sequence) last = default;
            foreach (var tick in order)
            {
                var repeats = round >= 0 && (tick.Published, tick.Sequence) == (last.Published, last.Sequence)
                    && span[tick.Index].HasSameValue(span[last.Index]);
                rounds[tick.Index] = repeats ? -1 : ++round;
                if (!repeats) last = tick;
            }

            count = Math.Max(count, round + 1);
        }

        return new(ticks, rounds, count);
    }

    private readonly record struct Key(long Timestamp, string Location, MarketZone Zone, PriceType PriceType)
    {
        public static Key Of(in PriceTick tick) => new(Moment.CutTicks(tick.Timestamp), tick.Location, tick.MarketZone, tick.PriceType);
    }
}
