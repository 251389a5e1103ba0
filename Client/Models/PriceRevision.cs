namespace OptiBid.Client.Models;

/// <summary>One of the values a price has had, and how long it stood.</summary>
public sealed record PriceRevision : MarketPrice
{
    /// <summary>When it came into the history, UTC.</summary>
    public required DateTimeOffset IngestedAt { get; init; }

    /// <summary>When another value was published in its place, UTC; null for the one that stands.</summary>
    public DateTimeOffset? SupersededAt { get; init; }
}
