namespace OptiBid.History;

/// <summary>
/// The audit log: who did what, when, from where, with what result. It is only ever added to: no store's port, and on
/// PostgreSQL no statement either, changes a record or takes one out.
/// </summary>
public interface IAuditLog
{
    /// <summary>Adds records, all or none; in the order given where two are of one instant. A record given again stands there twice.</summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached or refuses writes for now.</exception>
    /// <exception cref="HistoryRejectedException">
    /// A record has no action, or one that is not text a store can hold; no actor; or a status that is none of HTTP. None was written.
    /// </exception>
    Task RecordAsync(IReadOnlyCollection<AuditRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Records, newest first.</summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached.</exception>
    IAsyncEnumerable<AuditEntry> ReadAsync(AuditQuery query, CancellationToken cancellationToken = default);
}

/// <summary>A record in the log, and its place there.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Record">What it says.</param>
public sealed record AuditEntry(AuditPlace Place, AuditRecord Record);

/// <summary>A place in the log.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Id">The number the store gave the record; of two of one instant the later has the greater.</param>
public readonly record struct AuditPlace(DateTimeOffset At, long Id);

/// <summary>
/// Which records to read. Found newest first through an index by time, or by actor and time; the rest is compared record by
/// record, so a search for something rare reads the records between <see cref="From"/> and <see cref="Before"/>.
/// </summary>
public sealed record AuditQuery
{
    /// <summary>Actor wanted; null for all.</summary>
    public string? Actor { get; init; }

    /// <summary>What the actions wanted begin with, such as <c>credentials.</c>; null for all.</summary>
    public string? Action { get; init; }

    /// <summary>True for what was allowed, false for what was denied; null for both.</summary>
    public bool? Allowed { get; init; }

    /// <summary>Earliest instant wanted, inclusive; null for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>End of the instants wanted, exclusive; null for no bound.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Go on behind this record, towards older ones; null to begin with the newest.</summary>
    public AuditPlace? After { get; init; }

    /// <summary>Records at the most. The embedded store holds that many in memory at once.</summary>
    public int Limit { get; init; } = 1_000;
}
