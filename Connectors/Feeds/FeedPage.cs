using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Feeds;

/// <summary>A bounded part of what a feed answered.</summary>
public sealed record FeedPage
{
    /// <summary>The ticks, in the order to publish them in.</summary>
    public PriceTick[] Ticks { get; init; } = [];

    /// <summary>The zone's fundamentals.</summary>
    public IReadOnlyCollection<Fundamental> Fundamentals { get; init; } = [];

    /// <summary>The places met, each once.</summary>
    public IReadOnlyCollection<MarketLocation> Locations { get; init; } = [];

    /// <summary>
    /// End of the market time of which nothing is left to read once this page and all before it are published, UTC: where the
    /// cursor may rest. A page that others of the same answer follow leaves it where it was.
    /// </summary>
    public required DateTimeOffset Cursor { get; init; }

    /// <summary>Rows in the payload.</summary>
    public int RowsRead { get; init; }

    /// <summary>Rows refused, by reason; the rest of the payload is unharmed.</summary>
    public IReadOnlyDictionary<string, int> Rejections { get; init; } = new Dictionary<string, int>();

    /// <summary>What is amiss with the answer although its rows are good, in words that name the feed; null when nothing is.</summary>
    public string? Warning { get; init; }

    /// <summary>Which of several sources answered, where the feed has more than one.</summary>
    public string? Source { get; init; }

    /// <summary>The page with one more thing amiss; itself when that is null.</summary>
    public FeedPage With(string? warning) =>
        warning is null ? this : this with { Warning = Warning is null ? warning : $"{Warning}; {warning}" };

    /// <summary>Rows refused.</summary>
    public int RowsRejected => Rejections.Values.Sum();
}
