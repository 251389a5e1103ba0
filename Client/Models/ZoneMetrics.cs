namespace OptiBid.Client.Models;

/// <summary>Figures of one price series of a zone.</summary>
public sealed record ZoneMetrics
{
    /// <summary></summary>
    public required string MarketZone { get; init; }

    /// <summary></summary>
    public required string PriceType { get; init; }

    /// <summary></summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary></summary>
    public required int Locations { get; init; }

    /// <summary></summary>
    public required int DataPoints { get; init; }

    /// <summary></summary>
    public required double AveragePrice { get; init; }

    /// <summary></summary>
    public required double MinPrice { get; init; }

    /// <summary></summary>
    public required double MaxPrice { get; init; }

    /// <summary></summary>
    public double? Volatility { get; init; }

    /// <summary></summary>
    public required double FreshnessSeconds { get; init; }

    /// <summary></summary>
    public double? RenewablePercentage { get; init; }

    /// <summary></summary>
    public double? LoadForecast { get; init; }

    /// <summary></summary>
    public required DateTimeOffset LastUpdate { get; init; }

    /// <summary></summary>
    public required IReadOnlyList<Mover> Risen { get; init; }

    /// <summary></summary>
    public required IReadOnlyList<Mover> Fallen { get; init; }
}
