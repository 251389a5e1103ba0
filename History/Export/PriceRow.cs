using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Export;

/// <summary>A price as a row of a table.</summary>
/// <param name="Tick">The price.</param>
/// <param name="LocationName">The market's name of the place, where the directory has it.</param>
/// <param name="LocationType">What kind of place it is, such as <c>HUB</c>, where the directory has it.</param>
/// <param name="IngestedAt">Of a revision, when it came into the history, UTC.</param>
/// <param name="SupersededAt">Of a revision, when another value was published in its place, UTC.</param>
public readonly record struct PriceRow(
    PriceTick Tick, string? LocationName = null, string? LocationType = null, DateTimeOffset? IngestedAt = null, DateTimeOffset? SupersededAt = null);
