namespace OptiBid.Client.Models;

/// <summary>A location of the directory.</summary>
public sealed record MarketLocation
{
    /// <summary>The market.</summary>
    public required string MarketZone { get; init; }

    /// <summary>The market's own id of the place.</summary>
    public required string Location { get; init; }

    /// <summary>The market's name for it; need not be unique.</summary>
    public required string LocationName { get; init; }

    /// <summary>What kind of place it is: HUB, ZONE, INTERFACE, GEN, LOAD, NODE, BUS or AGGREGATE.</summary>
    public required string LocationType { get; init; }

    /// <summary>The hub its basis is taken against; null where the market has none.</summary>
    public string? Hub { get; init; }
}
