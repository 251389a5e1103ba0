namespace OptiBid.Client.Models;

/// <summary>One location whole.</summary>
public sealed record LocationPrices
{
    /// <summary>The market.</summary>
    public required string MarketZone { get; init; }

    /// <summary>The market's own id of the place.</summary>
    public required string Location { get; init; }

    /// <summary>The market's name for it; null when the directory does not have it.</summary>
    public string? LocationName { get; init; }

    /// <summary>What kind of place it is; null when the directory does not have it.</summary>
    public string? LocationType { get; init; }

    /// <summary>The hub its basis is taken against; null where there is none.</summary>
    public string? Hub { get; init; }

    /// <summary>The newest price of each price type.</summary>
    public required IReadOnlyList<MarketPrice> Prices { get; init; }

    /// <summary>Day-ahead minus real-time; null when one of the two is not known for the same hour.</summary>
    public DartSpread? DartSpread { get; init; }

    /// <summary>The location minus its hub; null when one of the two is not known for the same interval.</summary>
    public Basis? Basis { get; init; }

    /// <summary>The newest price that the market has revised and published last; null when none of the newest was revised.</summary>
    public LastRevision? LastRevision { get; init; }
}
