using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Nyiso;

/// <summary>Reads one kind of file that tells of New York as a whole, day by day.</summary>
internal sealed class NyisoFundamentalFeed(NyisoFundamentalFile file, MarketContext market) : IMarketFeed
{
    private readonly NyisoArchive _archive = new(file.File.FeedName, file.File, market);

    public string Name => file.File.FeedName;

    public MarketZone Zone => MarketZone.NYISO;

    public FeedKind Kind => FeedKind.Fundamentals;

    public PriceType? PriceType => null;

    public TimeSpan Lookback => file.Lookback;

    public TimeSpan Ahead => TimeSpan.FromMinutes(10);

    /// <summary>After a start only: a file is read whole whenever it has changed.</summary>
    public Reread Reread => new(file.Lookback, null);

    public TimeSpan? BackfillChunk => TimeSpan.FromDays(31);

    public DateTimeOffset NextPoll(DateTimeOffset now) => file.Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var now = market.Clock.GetUtcNow();
        var (cursor, reached) = (range.From, range.From);
        await foreach (var day in _archive.ReadAsync(range, file.DaysAhead, cancellationToken))
        {
            var page = file.Read(new FundamentalPageBuilder(Name, range, now, file.Ahead), day.Content);
            reached = Instants.Later(reached, page.Cursor);
            if (day.IsInOrder) cursor = reached;
            yield return page with { Cursor = cursor };
        }

        if (range.To is not null) reached = cursor;
        if (reached > cursor || _archive.Missing is not null) yield return new FeedPage { Cursor = reached, Warning = _archive.Missing };
    }
}
