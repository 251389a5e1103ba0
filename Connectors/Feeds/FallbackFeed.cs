using System.Runtime.CompilerServices;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Feeds;

/// <summary>
/// The same prices from two sources: the first is asked with every poll, the second when the first cannot be read. The past is
/// asked of the source that keeps it. Each page says which source it came from, and those of the second say why.
/// </summary>
/// <param name="first">The source for live prices; name, schedule and reach are its.</param>
/// <param name="firstSource">What it is called, such as <c>files</c>.</param>
/// <param name="second">The other.</param>
/// <param name="secondSource">What it is called, such as <c>api</c>.</param>
/// <param name="asksSecondForPast">Whether the past is asked of the second although the first has some of it.</param>
internal sealed class FallbackFeed(IMarketFeed first, string firstSource, IMarketFeed second, string secondSource, bool asksSecondForPast = false) : IMarketFeed
{
    public string Name => first.Name;

    public MarketZone Zone => first.Zone;

    public FeedKind Kind => first.Kind;

    public PriceType? PriceType => first.PriceType;

    public TimeSpan Lookback => first.Lookback;

    public TimeSpan Ahead => first.Ahead;

    public Reread Reread => first.Reread;

    public TimeSpan? BackfillChunk => first.BackfillChunk ?? second.BackfillChunk;

    public DateTimeOffset NextPoll(DateTimeOffset now) => first.NextPoll(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (IMarketFeed Feed, string Name)[] sources = range.To is not null && (first.BackfillChunk is null || asksSecondForPast)
            ? [(second, secondSource), (first, firstSource)]
            : [(first, firstSource), (second, secondSource)];

        MarketFeedException? before = null;
        foreach (var (feed, source) in sources)
        {
            // A source without a past has nothing to say of a closed range.
            if (before is not null && range.To is not null && feed.BackfillChunk is null) throw before;

            MarketFeedException? trouble = null;
            var rows = 0L;
            await using var pages = feed.FetchAsync(range, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await pages.MoveNextAsync()) break;
                }
                catch (MarketFeedException error)
                {
                    trouble = error;
                    break;
                }

                rows += pages.Current.RowsRead;
                yield return (pages.Current with { Source = source })
                    .With(before is null ? null : $"{before.Message}; read from {source} instead of {sources[0].Name}");
            }

            if (trouble is null)
            {
                // Of the past the other source may keep less; that it knows of no row does not mean that there is none.
                if (before is not null && range.To is not null && rows == 0) throw before;
                yield break;
            }

            if (before is not null)
            {
                throw new MarketFeedException(Name, $"{sources[0].Name}: {before.Message}; {source}: {trouble.Message}", trouble)
                {
                    Status = before.Status,
                    RetryAfter = before.RetryAfter,
                };
            }

            before = trouble;
        }
    }
}
