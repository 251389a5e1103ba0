namespace OptiBid.Client.Models;

/// <summary>What one feed delivered of one hour.</summary>
public sealed record FeedQuality
{
    /// <summary></summary>
    public required string MarketZone { get; init; }

    /// <summary></summary>
    public required string Feed { get; init; }

    /// <summary></summary>
    public string? PriceType { get; init; }

    /// <summary></summary>
    public required DateTimeOffset Hour { get; init; }

    /// <summary></summary>
    public required int Locations { get; init; }

    /// <summary></summary>
    public int? Expected { get; init; }

    /// <summary></summary>
    public required int Received { get; init; }

    /// <summary></summary>
    public double? Completeness { get; init; }

    /// <summary></summary>
    public required int Gaps { get; init; }

    /// <summary></summary>
    public required int Duplicates { get; init; }

    /// <summary></summary>
    public required int Late { get; init; }

    /// <summary></summary>
    public required int Revised { get; init; }

    /// <summary></summary>
    public required int Rejected { get; init; }

    /// <summary></summary>
    public required int FlatLined { get; init; }

    /// <summary></summary>
    public required int Spikes { get; init; }

    /// <summary></summary>
    public required int ComponentMismatches { get; init; }

    /// <summary></summary>
    public double? FreshnessSeconds { get; init; }

    /// <summary></summary>
    public required DateTimeOffset CalculatedAt { get; init; }
}
