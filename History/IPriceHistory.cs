using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>
/// The port to the price history: the truth behind the grains. Two adapters keep this contract, PostgreSQL
/// (with or without TimescaleDB) and the embedded DuckDB file; one contract suite runs on both.
/// </summary>
/// <remarks>
/// Key of a price: zone, location, price type, interval start. Of each the history keeps the set of publications, told
/// apart by when they were published and their sequence (<see cref="PriceTick.IsPublishedAfter"/>); a publication that
/// comes again changes nothing. In the order of publication, neighbours with the same value
/// (<see cref="PriceTick.HasSameValue"/>) are one revision, shown as its first publication; the last one stands. Its number
/// is the largest that one of its publications brings, and at least one more than that of the revision before. None of
/// this depends on the order of arrival. Hence any record may be written any number of times, at any time.
/// </remarks>
public interface IPriceHistory
{
    /// <summary>Writes ticks, all or none. When the task has completed they are durable.</summary>
    /// <param name="ticks">Valid ticks in any order, duplicates allowed. A revision of 0 counts as 1.</param>
    /// <param name="cancellationToken">Gives the write up; whether it took place is then unknown, and writing again is safe.</param>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached or refuses writes for now; try again.</exception>
    /// <exception cref="HistoryRejectedException">A tick is such that the store can never hold it; none was written.</exception>
    Task WriteAsync(ReadOnlyMemory<PriceTick> ticks, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the values that stand, or stood at <see cref="PriceQuery.AsOf"/>, in the query's order, streaming: the result
    /// is never held whole. Ends the work in the store when cancelled.
    /// </summary>
    IAsyncEnumerable<PriceTick> ReadAsync(PriceQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads every value that was published (until <see cref="PriceQuery.AsOf"/>), in the query's order and those of one
    /// price in the order of their revisions. A value that was only repeated is there once.
    /// </summary>
    IAsyncEnumerable<PriceRevision> ReadRevisionsAsync(PriceQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads prices gathered into larger intervals, streaming.</summary>
    /// <exception cref="HistoryTooMuchException">More prices would have to be read than one query may.</exception>
    IAsyncEnumerable<PriceBucket> ResampleAsync(ResampleQuery query, CancellationToken cancellationToken = default);

    /// <summary>One line that names the store and what it found at start, such as <c>PostgreSQL 15.6, no TimescaleDB</c>; throws when it does not answer.</summary>
    Task<string> CheckAsync(CancellationToken cancellationToken = default);
}
