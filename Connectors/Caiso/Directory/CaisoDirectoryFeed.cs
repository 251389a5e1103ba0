using System.Runtime.CompilerServices;
using OptiBid.Connectors.Caiso.Oasis;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Directory;

/// <summary>
/// Reads CAISO's nodes once a day: the aggregated ones (<c>ATL_APNODE</c>), the others (<c>ATL_PNODE</c>), and which of the three
/// trading hubs each of those belongs to (<c>ATL_PNODE_MAP</c>). What spans more than one hub has none.
/// </summary>
internal sealed class CaisoDirectoryFeed(MarketContext market) : IMarketFeed
{
    /// <summary>The feed's name.</summary>
    public const string FeedName = "caiso:ATL_PNODE";

    private const int PagePlaces = 5_000;

    private static readonly PollSchedule Schedule = PollSchedule.Every(TimeSpan.FromDays(1), TimeSpan.FromHours(11));

    private readonly OasisClient _oasis = new(market);

    public string Name => FeedName;

    public MarketZone Zone => MarketZone.CAISO;

    public FeedKind Kind => FeedKind.Directory;

    public PriceType? PriceType => null;

    public TimeSpan Lookback => TimeSpan.FromDays(1);

    public TimeSpan Ahead => TimeSpan.Zero;

    public Reread Reread => default;

    public DateTimeOffset NextPoll(DateTimeOffset now) => Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (range.To is not null) throw new MarketFeedException(Name, "the directory has only the present");

        var now = market.Clock.GetUtcNow();
        var (from, to) = (PacificDay.StartOf(now), PacificDay.Start(PacificDay.Of(now).AddDays(1)));
        var atlas = new AtlasRows(Name, now);
        await _oasis.ReportAsync(Name, "ATL_PNODE_MAP", 1, from, to, [("pnode_id", "ALL")], atlas.AddHubs, cancellationToken);
        await _oasis.ReportAsync(Name, "ATL_APNODE", 1, from, to, [("APnode_type", "ALL")], atlas.AddAggregates, cancellationToken);
        await _oasis.ReportAsync(Name, "ATL_PNODE", 1, from, to, [("Pnode_type", "ALL")], atlas.AddNodes, cancellationToken);
        if (atlas.Places.Count == 0) throw new MarketFeedException(Name, "ATL_APNODE and ATL_PNODE hold no place");

        MarketLocation[][] pages = [.. atlas.Places.Values.Chunk(PagePlaces)];
        for (var i = 0; i < pages.Length; i++)
        {
            yield return new FeedPage
            {
                Locations = pages[i],
                Cursor = i == pages.Length - 1 ? now : range.From,
                RowsRead = i == 0 ? atlas.Rows : 0,
                Rejections = i == 0 ? atlas.Rejections : new Dictionary<string, int>(),
            };
        }
    }
}
