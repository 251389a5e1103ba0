using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>One of the values a price has had.</summary>
/// <param name="Tick">The value as first published, with its revision.</param>
/// <param name="IngestedAt">When it came into the history, UTC.</param>
/// <param name="SupersededAt">When the next, different value was published, UTC; null for the one that stands.</param>
public readonly record struct PriceRevision(PriceTick Tick, DateTimeOffset IngestedAt, DateTimeOffset? SupersededAt);
