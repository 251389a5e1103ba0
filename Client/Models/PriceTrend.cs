namespace OptiBid.Client.Models;

/// <summary>The trend of one location's price.</summary>
public sealed record PriceTrend
{
    /// <summary>The market.</summary>
    public required string MarketZone { get; init; }

    /// <summary>The market's own id of the place.</summary>
    public required string Location { get; init; }

    /// <summary>The market's name for it; null when the directory does not have it.</summary>
    public string? LocationName { get; init; }

    /// <summary>The market's clock, which buckets and on-peak hours go by.</summary>
    public required string Timezone { get; init; }

    /// <summary>Least-squares slope of the buckets' averages over their midpoints, $/MWh per day; null for fewer than two buckets with prices.</summary>
    public double? Slope { get; init; }

    /// <summary>Average of the last bucket with prices minus that of the first, $/MWh; null for fewer than two.</summary>
    public double? TotalChange { get; init; }

    /// <summary>Mean of the on-peak hours of the range, $/MWh; null without one.</summary>
    public double? PeakAverage { get; init; }

    /// <summary>Mean of the off-peak hours of the range, $/MWh; null without one.</summary>
    public double? OffPeakAverage { get; init; }

    /// <summary>On-peak hours with a price.</summary>
    public required int PeakHours { get; init; }

    /// <summary>Off-peak hours with a price.</summary>
    public required int OffPeakHours { get; init; }

    /// <summary>The buckets in the order of time, those without a price too; empty when the whole range has none.</summary>
    public required IReadOnlyList<TrendBucket> Buckets { get; init; }
}
