using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>A feed with the pauses or the reach that an operator has set in place of its own.</summary>
internal sealed class AdjustedFeed(IMarketFeed feed, ZoneConnectorOptions options) : IMarketFeed
{
    public string Name => feed.Name;

    public MarketZone Zone => feed.Zone;

    public FeedKind Kind => feed.Kind;

    public PriceType? PriceType => feed.PriceType;

    public TimeSpan? BackfillChunk => feed.BackfillChunk;

    public TimeSpan Lookback => options.LookbackHours is { } hours ? TimeSpan.FromHours(hours) : feed.Lookback;

    public TimeSpan Ahead => feed.Ahead;

    /// <summary>Never more than a fresh deployment would read. A feed that reads again after a start alone goes on to do so.</summary>
    public Reread Reread => new(
        options.LookbackHours is not null && feed.Reread.Span > Lookback ? Lookback : feed.Reread.Span,
        feed.Reread.Every is not null && options.RereadSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : feed.Reread.Every);

    public DateTimeOffset NextPoll(DateTimeOffset now) => options.PollSeconds is { } seconds ? now.AddSeconds(seconds) : feed.NextPoll(now);

    public IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, CancellationToken cancellationToken = default) =>
        feed.FetchAsync(range, cancellationToken);
}
