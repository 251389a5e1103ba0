using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>
/// The log of fetches: what each fetch of a market feed did, so that "why is there a hole at 14:35" has an answer. A
/// record is small (a fetch, not a price) and written once. On PostgreSQL a write shares nothing with the writing of
/// prices; the embedded file has one writer, on which a write is one short transaction between two batches of prices.
/// </summary>
public interface IIngestionLog
{
    /// <summary>Adds records, all or none; in the order given where two started at one instant.</summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached or refuses writes for now.</exception>
    /// <exception cref="HistoryRejectedException">
    /// A record is such that no store can hold it: an unknown zone, reason or outcome; a feed or source that is not text
    /// a store can hold; a negative count or duration; a range or an answer that ends before it starts; a first interval
    /// without a last, or the other way round. None was written.
    /// </exception>
    Task RecordAsync(IReadOnlyCollection<IngestionRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Records of a zone, newest first.</summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached.</exception>
    IAsyncEnumerable<IngestionRecord> ReadAsync(IngestionQuery query, CancellationToken cancellationToken = default);

    /// <summary>Removes the records of fetches that began before an instant. Meant for once a day.</summary>
    /// <returns>How many were removed.</returns>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached or refuses writes for now.</exception>
    Task<int> DeleteBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default);
}

/// <summary>
/// Which records of fetches to read. Found newest first through an index by start; <see cref="Covering"/> and
/// <see cref="Outcome"/> are compared record by record, so a search for something rare reads the records between
/// <see cref="StartedFrom"/> and <see cref="StartedBefore"/>.
/// </summary>
public sealed record IngestionQuery
{
    /// <summary>Zone wanted.</summary>
    public required MarketZone Zone { get; init; }

    /// <summary>Feed wanted; null for all.</summary>
    public string? Feed { get; init; }

    /// <summary>Earliest start of a fetch wanted, inclusive; null for no bound.</summary>
    public DateTimeOffset? StartedFrom { get; init; }

    /// <summary>End of the starts wanted, exclusive; null for no bound.</summary>
    public DateTimeOffset? StartedBefore { get; init; }

    /// <summary>
    /// The start of an interval: only fetches that asked for it (a range given on one side only goes on without end to
    /// the other), or that had it between the first and the last interval of their answer.
    /// </summary>
    public DateTimeOffset? Covering { get; init; }

    /// <summary>Outcome wanted; null for all.</summary>
    public IngestionOutcome? Outcome { get; init; }

    /// <summary>Records at the most. The embedded store holds that many in memory at once.</summary>
    public int Limit { get; init; } = 1_000;
}
