namespace OptiBid.Connectors.Feeds;

/// <summary>What a feed is read for.</summary>
public enum FeedKind
{
    /// <summary>Prices as they are published.</summary>
    Prices,

    /// <summary>Corrections of prices published before.</summary>
    Corrections,

    /// <summary>Load, load forecast and generation of the whole zone; see <see cref="Fundamental"/>.</summary>
    Fundamentals,

    /// <summary>The market's places with their names and types.</summary>
    Directory,
}
