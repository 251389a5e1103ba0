using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>
/// How many locations have a price, interval by interval: what a hole in the history is found by.
/// </summary>
/// <remarks>
/// The cost is that of reading every stored price of the time asked for, all zones and price types, and nothing outside
/// it: PostgreSQL walks its index by time (and TimescaleDB only the chunks concerned), DuckDB skips the row groups of
/// other times. It grows with the span, so ask for hours or a day at once; the answer has a row per interval. A day of 37,500
/// locations at five minutes, 10.8 million prices, took 2.5 to 4 s on PostgreSQL once in its memory, and 0.1 s on DuckDB; an
/// hour of it 0.2 s on PostgreSQL (two busy cores).
/// </remarks>
public interface IIntervalCounts
{
    /// <summary>The interval starts in a span of time that have any price, in order, with how many locations have one.</summary>
    /// <param name="zone">The market.</param>
    /// <param name="type">The price series.</param>
    /// <param name="from">First interval start wanted, UTC, inclusive.</param>
    /// <param name="to">End of the interval starts wanted, UTC, exclusive; nothing is read when it is <paramref name="from"/>.</param>
    /// <param name="cancellationToken">Ends the work in the store too.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is before <paramref name="from"/>.</exception>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached, or took longer than <c>History:Timeout</c>.</exception>
    Task<IReadOnlyList<IntervalCount>> CountAsync(
        MarketZone zone, PriceType type, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default);
}

/// <summary>An interval that has prices.</summary>
/// <param name="Start">Its start, UTC.</param>
/// <param name="Locations">How many locations have a price for it; at least 1.</param>
public readonly record struct IntervalCount(DateTimeOffset Start, int Locations);
