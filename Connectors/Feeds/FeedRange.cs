namespace OptiBid.Connectors.Feeds;

/// <summary>The market time a feed is read for.</summary>
/// <param name="From">Start, UTC.</param>
/// <param name="To">End, UTC, not part of it; null for all that the market has by now.</param>
public readonly record struct FeedRange(DateTimeOffset From, DateTimeOffset? To = null)
{
    /// <summary>Whether an interval that starts then is wanted. What comes before an open range is wanted too: it is late.</summary>
    public bool Wants(DateTimeOffset start) => To is not { } to || (start >= From && start < to);
}
