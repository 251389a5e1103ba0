using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>The directory of known locations: their names and types.</summary>
public interface ILocationDirectory
{
    /// <summary>Adds locations, or updates name, type and hub of known ones.</summary>
    Task SaveAsync(IReadOnlyCollection<MarketLocation> locations, CancellationToken cancellationToken = default);

    /// <summary>Locations in the order of zone and location text.</summary>
    IAsyncEnumerable<MarketLocation> SearchAsync(LocationQuery query, CancellationToken cancellationToken = default);
}

/// <summary>What to look for in the directory.</summary>
public sealed record LocationQuery
{
    /// <summary>Zone wanted; null for all.</summary>
    public MarketZone? Zone { get; init; }

    /// <summary>Type wanted; null for all.</summary>
    public LocationType? Type { get; init; }

    /// <summary>Text that the location or its name must contain, in any case, taken literally.</summary>
    public string? Contains { get; init; }

    /// <summary>Rows at the most; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Go on after this location.</summary>
    public LocationId? After { get; init; }
}
