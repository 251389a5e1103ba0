namespace OptiBid.Client.Models;

/// <summary>A zone in a line; null for what is not known.</summary>
public sealed record ZoneSummary
{
    /// <summary></summary>
    public required string MarketZone { get; init; }

    /// <summary></summary>
    public string? Status { get; init; }

    /// <summary></summary>
    public string? PriceType { get; init; }

    /// <summary></summary>
    public required int Locations { get; init; }

    /// <summary></summary>
    public double? AveragePrice { get; init; }

    /// <summary></summary>
    public double? MinPrice { get; init; }

    /// <summary></summary>
    public double? MaxPrice { get; init; }

    /// <summary></summary>
    public double? Volatility { get; init; }

    /// <summary></summary>
    public double? FreshnessSeconds { get; init; }

    /// <summary></summary>
    public double? Completeness { get; init; }

    /// <summary></summary>
    public double? RenewablePercentage { get; init; }

    /// <summary></summary>
    public double? Load { get; init; }

    /// <summary></summary>
    public double? LoadForecast { get; init; }

    /// <summary></summary>
    public DateTimeOffset? LastUpdate { get; init; }
}
