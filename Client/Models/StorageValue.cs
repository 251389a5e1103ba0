namespace OptiBid.Client.Models;

/// <summary>Top-bottom spreads of one location, day by day.</summary>
public sealed record StorageValue
{
    /// <summary>The market.</summary>
    public required string MarketZone { get; init; }

    /// <summary>The market's own id of the place.</summary>
    public required string Location { get; init; }

    /// <summary>The market's name for it; null when the directory does not have it.</summary>
    public string? LocationName { get; init; }

    /// <summary>The price series.</summary>
    public required string PriceType { get; init; }

    /// <summary>Hours charged and hours discharged: the n of TBn.</summary>
    public required int Hours { get; init; }

    /// <summary>The market's clock, whose midnights part the days.</summary>
    public required string Timezone { get; init; }

    /// <summary>Start of the range asked for, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Its end, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Of the days with a value.</summary>
    public required StorageSummary Summary { get; init; }

    /// <summary>The market's days that begin within the range, each whole.</summary>
    public required IReadOnlyList<StorageDay> Days { get; init; }
}
