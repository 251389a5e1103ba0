using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Feeds;

/// <summary>
/// One feed of one market: HTTP (or a simulation) in, normalised ticks, fundamentals or places out. A feed keeps nothing that
/// matters between calls; where it got to is the caller's cursor.
/// </summary>
public interface IMarketFeed
{
    /// <summary>The feed's name, such as <c>pjm:rt_hrl_lmps</c>: the source of its ticks and the key of its cursor.</summary>
    string Name { get; }

    /// <summary>The market.</summary>
    MarketZone Zone { get; }

    /// <summary>What it is read for.</summary>
    FeedKind Kind => FeedKind.Prices;

    /// <summary>The price series its ticks belong to; null for a feed without prices.</summary>
    PriceType? PriceType { get; }

    /// <summary>How far back the first read of a fresh deployment goes.</summary>
    TimeSpan Lookback { get; }

    /// <summary>
    /// How far past now the newest interval ends that the market can have published. The cursor goes no further, so that a row
    /// with a slip in its date does not blind the feed until that date.
    /// </summary>
    TimeSpan Ahead { get; }

    /// <summary>What is read again behind the cursor, and how often.</summary>
    Reread Reread { get; }

    /// <summary>
    /// Longest range of the past that is asked for in one <see cref="FetchAsync"/>, so that progress is kept between two; null for
    /// a feed that has only the present.
    /// </summary>
    TimeSpan? BackfillChunk => null;

    /// <summary>When to ask next: aligned to the market's publication, and after <paramref name="now"/>.</summary>
    DateTimeOffset NextPoll(DateTimeOffset now);

    /// <summary>
    /// Reads what the market has in a range, page by page. What it answers to an open range is passed on whole: rows older
    /// than asked for are late ticks. Of a closed range nothing comes that is not part of it.
    /// </summary>
    /// <param name="range">From the end of the market time read so far, or any range of the past.</param>
    /// <param name="cancellationToken">Gives the read up.</param>
    /// <exception cref="MarketFeedException">The market cannot be read now, or its answer cannot be understood.</exception>
    IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, CancellationToken cancellationToken = default);
}
