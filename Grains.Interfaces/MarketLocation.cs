namespace OptiBid.Grains.Interfaces;

/// <summary>An entry of the location directory.</summary>
/// <param name="Id">The place.</param>
/// <param name="Name">The market's name for it; need not be unique.</param>
/// <param name="Type">What kind of place it is.</param>
/// <param name="Hub">Location text of the hub its basis is taken against, where the market has one.</param>
[GenerateSerializer, Immutable, Alias("optibid.MarketLocation")]
public sealed record MarketLocation(
    [property: Id(0)] LocationId Id,
    [property: Id(1)] string Name,
    [property: Id(2)] LocationType Type,
    [property: Id(3)] string? Hub = null);
