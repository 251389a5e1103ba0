using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>What each feed delivered, hour by hour: table <c>market_data_quality</c>.</summary>
public interface IDataQuality
{
    /// <summary>Writes rows, in place of those of the same zone, feed, price series and hour; all or none.</summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached or refuses writes for now.</exception>
    Task SaveAsync(IReadOnlyCollection<FeedQuality> rows, CancellationToken cancellationToken = default);

    /// <summary>Rows of zones whose hours start in a span of time; newest hour first, then by zone, feed and price series.</summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached.</exception>
    IAsyncEnumerable<FeedQuality> ReadAsync(IReadOnlyCollection<MarketZone> zones, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default);
}

/// <summary>Findings about the data: table <c>market_data_quality_events</c>.</summary>
public interface IQualityEvents
{
    /// <summary>
    /// Writes what began, unless it is there already, and notes what ended on those of the same kind and place that have not: an
    /// end of something that was never written leaves no trace. All or none.
    /// </summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached or refuses writes for now.</exception>
    Task RecordAsync(IReadOnlyCollection<QualityEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Findings, newest first.</summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached.</exception>
    IAsyncEnumerable<QualityEvent> ReadAsync(QualityEventQuery query, CancellationToken cancellationToken = default);

    /// <summary>Removes findings seen before an instant. Meant for once a day.</summary>
    /// <returns>How many were removed.</returns>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached or refuses writes for now.</exception>
    Task<int> DeleteBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default);
}

/// <summary>Which findings to read; found newest first through an index by the time they were seen.</summary>
public sealed record QualityEventQuery
{
    /// <summary>Zones wanted.</summary>
    public required IReadOnlyCollection<MarketZone> Zones { get; init; }

    /// <summary>Kind wanted; null for all.</summary>
    public QualityKind? Kind { get; init; }

    /// <summary>Earliest instant of being seen, inclusive; null for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>End of the instants of being seen, exclusive; null for no bound.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Go on behind this finding, towards older ones; null to begin with the newest.</summary>
    public (DateTimeOffset ObservedAt, string Id)? After { get; init; }

    /// <summary>Findings at the most.</summary>
    public int Limit { get; init; } = 1_000;
}
