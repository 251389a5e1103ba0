using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>The hourly figures of zones, table <c>market_metrics</c>.</summary>
public interface IZoneMetrics
{
    /// <summary>Writes rows, in place of those of the same zone, price series and hour; all or none. A row without a volatility leaves the one that is there.</summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached or refuses writes for now.</exception>
    Task SaveAsync(IReadOnlyCollection<ZoneMetrics> rows, CancellationToken cancellationToken = default);

    /// <summary>Rows of a zone whose hours start in a span of time, in the order of hours and price types.</summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached.</exception>
    IAsyncEnumerable<ZoneMetrics> ReadAsync(MarketZone zone, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default);
}
