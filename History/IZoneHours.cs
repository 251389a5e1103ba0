using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>
/// What the history holds of a zone, hour by hour: the source of the hourly figures, whatever became of the process that
/// counted while the prices came.
/// </summary>
/// <remarks>
/// The cost is that of reading every stored price of the time asked for (see <see cref="IIntervalCounts"/>), and the
/// publications beside them; ask for an hour or a few.
/// </remarks>
public interface IZoneHours
{
    /// <summary>The figures of each price series and hour that has prices.</summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached, or took longer than <c>History:Timeout</c>.</exception>
    Task<IReadOnlyList<ZoneMetrics>> SummarizeAsync(MarketZone zone, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default);

    /// <summary>
    /// How many locations each source has published a price of, interval by interval; also where another source's price stands, or the
    /// same one had been there before.
    /// </summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached, or took longer than <c>History:Timeout</c>.</exception>
    Task<IReadOnlyList<SourceInterval>> CountSourcesAsync(MarketZone zone, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default);
}

/// <summary>What one source published of an interval.</summary>
/// <param name="Source">The source; null for ticks that name none.</param>
/// <param name="Type">The price series.</param>
/// <param name="Start">Start of the interval, UTC.</param>
/// <param name="Locations">Locations it has a price of.</param>
public readonly record struct SourceInterval(string? Source, PriceType Type, DateTimeOffset Start, int Locations);

/// <summary>Figures of a zone's price series in one hour; prices and volatility in $/MWh.</summary>
public sealed record ZoneMetrics
{
    /// <summary>The market.</summary>
    public required MarketZone Zone { get; init; }

    /// <summary>The price series.</summary>
    public required PriceType Type { get; init; }

    /// <summary>Start of the hour, UTC.</summary>
    public required DateTimeOffset Hour { get; init; }

    /// <summary>Prices in it: locations × intervals.</summary>
    public required int DataPoints { get; init; }

    /// <summary>Their mean.</summary>
    public double? AveragePrice { get; init; }

    /// <summary>The lowest.</summary>
    public double? MinPrice { get; init; }

    /// <summary>The highest.</summary>
    public double? MaxPrice { get; init; }

    /// <summary>Mean over the hour's prices of the 24-hour volatility their locations had with them; null where none was seen.</summary>
    public double? Volatility { get; init; }

    /// <summary>Mean share of renewable generation that prices came with, percent.</summary>
    public double? RenewablePercentage { get; init; }

    /// <summary>Mean load forecast that prices came with, MW.</summary>
    public double? LoadForecast { get; init; }

    /// <summary>When this was worked out, UTC; kept to the microsecond.</summary>
    public DateTimeOffset CalculatedAt { get; init; }
}
