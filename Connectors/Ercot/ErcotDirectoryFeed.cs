using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>Reads the settlement points with their types and hubs, once a day: report 10008, of which the newest file is the list.</summary>
internal sealed class ErcotDirectoryFeed(MarketContext market) : IMarketFeed
{
    /// <summary>The feed's name.</summary>
    public const string FeedName = "ercot:np4-160-sg";

    private static readonly PollSchedule Schedule = PollSchedule.Every(TimeSpan.FromDays(1), TimeSpan.FromHours(13.2));

    private readonly ErcotShelf _shelf = new(FeedName, 10008, market);
    private string? _read;

    public string Name => FeedName;

    public MarketZone Zone => MarketZone.ERCOT;

    public FeedKind Kind => FeedKind.Directory;

    public PriceType? PriceType => null;

    public TimeSpan Lookback => TimeSpan.FromDays(1);

    public TimeSpan Ahead => TimeSpan.Zero;

    public Reread Reread => default;

    public DateTimeOffset NextPoll(DateTimeOffset now) => Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var listing = await _shelf.ListAsync(isConditional: true, cancellationToken);
        var documents = listing.Documents;
        var now = market.Clock.GetUtcNow();
        if (documents is { Count: 0 })
        {
            yield return new FeedPage { Cursor = now, Warning = $"{Name}: no list of settlement points is posted" };
            yield break;
        }

        if (documents is null || documents[^1].Id == _read)
        {
            yield return new FeedPage { Cursor = now };
            yield break;
        }

        var list = new SettlementPointList();
        foreach (var table in ErcotFile.Tables(Name, await _shelf.FetchAsync(documents[^1], cancellationToken), market.Client.UnpackedLimit)) list.Add(table);
        var places = list.Places();
        if (places.Count == 0) throw new MarketFeedException(Name, $"{documents[^1].Name} names no settlement point: columns RESOURCE_NODE and SETTLEMENT_LOAD_ZONE are missing");

        yield return new FeedPage
        {
            Locations = places,
            Cursor = now,
            RowsRead = list.Rows,
            Rejections = list.Rejected == 0 ? [] : new Dictionary<string, int> { ["the row is shorter than the header"] = list.Rejected },
        };
        _read = documents[^1].Id;
        _shelf.Note(listing);
    }
}
