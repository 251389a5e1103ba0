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
        var (preferred, preferredSource, other, otherSource) = range.To is not null && (first.BackfillChunk is null || asksSecondForPast)
            ? (second, secondSource, first, firstSource)
            : (first, firstSource, second, secondSource);

        MarketFeedException? trouble = null;
        await using (var pages = preferred.FetchAsync(range, cancellationToken).GetAsyncEnumerator(cancellationToken))
        {
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

                yield return pages.Current with { Source = preferredSource };
            }
        }

        if (trouble is null) yield break;
        // A source without a past has nothing to say of a closed range.
        if (range.To is not null && other.BackfillChunk is null) throw trouble;

        var rows = 0L;
        var reason = $"{trouble.Message}; read from {otherSource} instead of {preferredSource}";
        await using (var pages = other.FetchAsync(range, cancellationToken).GetAsyncEnumerator(cancellationToken))
        {
            while (true)
            {
                try
                {
                    if (!await pages.MoveNextAsync()) break;
                }
                catch (MarketFeedException error)
                {
                    throw new MarketFeedException(Name, $"{preferredSource}: {trouble.Message}; {otherSource}: {error.Message}", error)
                    {
                        Status = trouble.Status,
                        RetryAfter = trouble.RetryAfter,
                    };
                }

                rows += pages.Current.RowsRead;
                yield return (pages.Current with { Source = otherSource }).With(reason);
            }
        }

        // Of the past the other source may keep less; that it knows of no row does not mean that there is none.
        if (range.To is not null && rows == 0) throw trouble;
    }
}
