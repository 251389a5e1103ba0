namespace OptiBid.History.Hosting;

/// <summary>How the history is reached and kept; section <c>History</c> of the configuration.</summary>
public sealed class HistoryOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "History";

    /// <summary>The longest a write or a statement may take before the store counts as away. <c>History:Timeout</c>, default 30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How much the clocks of silos and database may differ, together with the longest write: when a location is
    /// restored, ticks written this long before its state was saved are read too. <c>History:ClockMargin</c>, default 2 min.
    /// </summary>
    public TimeSpan ClockMargin { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Connections of one process that users' reads of the history may take at the most (PostgreSQL). <c>History:ReadConnections</c>, default 8.
    /// </summary>
    public int ReadConnections { get; set; } = 8;

    /// <summary>Folder of <c>pg_dump</c> and <c>pg_restore</c>, for backups of PostgreSQL. <c>History:PostgresTools</c>; left out, they are looked for in PATH.</summary>
    public string? PostgresTools { get; set; }

    /// <summary>Memory the embedded store may use for itself, MB. <c>History:EmbeddedMemory</c>, default 1024.</summary>
    public int EmbeddedMemory { get; set; } = 1024;

    /// <summary>
    /// Prices one query may have to read at the most, where it gathers them or picks them by price; a query that may have
    /// to read more is refused (<see cref="HistoryTooMuchException"/>). <c>History:MostPricesRead</c>, default 50,000,000.
    /// </summary>
    public long MostPricesRead { get; set; } = 50_000_000;

    /// <summary>What a new partition holds on PostgreSQL without TimescaleDB. <c>History:Partition</c>, default a month.</summary>
    public PartitionUnit Partition { get; set; } = PartitionUnit.Month;

    /// <summary>
    /// Age at which TimescaleDB Community compresses prices; zero or less: never. <c>History:CompressAfter</c>, default 7 days.
    /// </summary>
    public TimeSpan CompressAfter { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Whether TimescaleDB Community keeps the views of prices by five minutes, hour and day computed.
    /// <c>History:ContinuousAggregates</c>, default true.
    /// </summary>
    public bool ContinuousAggregates { get; set; } = true;

    /// <summary>How long what is kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>The fault in these options, or null.</summary>
    internal string? Fault() =>
        Timeout < TimeSpan.FromSeconds(1) ? $"History:Timeout is {Timeout}; it must be at least one second."
        : ClockMargin < TimeSpan.Zero ? $"History:ClockMargin is {ClockMargin}; it must not be negative."
        : ReadConnections is < 1 or > 1_000 ? $"History:ReadConnections is {ReadConnections}; it must be 1 to 1,000."
        : EmbeddedMemory < 128 ? $"History:EmbeddedMemory is {EmbeddedMemory}; it must be at least 128 (MB)."
        : MostPricesRead < 1 ? $"History:MostPricesRead is {MostPricesRead}; it must be at least 1."
        : !Enum.IsDefined(Partition) ? $"History:Partition is {Partition}; it must be Month or Day."
        : Retention.Fault();
}
