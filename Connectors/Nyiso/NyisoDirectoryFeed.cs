using System.Net;
using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Nyiso;

/// <summary>
/// Reads the list of generators, <c>{BaseUrl}/csv/generator/generator.csv</c>: which zone each lies in. New York has no trading
/// hubs; a generator's basis is taken against its zone.
/// </summary>
internal sealed class NyisoDirectoryFeed(MarketContext market) : IMarketFeed
{
    /// <summary>The feed's name.</summary>
    public const string FeedName = "nyiso:generator";

    private static readonly PollSchedule Schedule = PollSchedule.Every(TimeSpan.FromDays(1), TimeSpan.FromHours(9));

    private readonly Uri _address = MarketAddress.Build(market.Options.BaseUrl ?? NyisoFile.PublicUrl, "csv/generator/generator.csv");

    public string Name => FeedName;

    public MarketZone Zone => MarketZone.NYISO;

    public FeedKind Kind => FeedKind.Directory;

    public PriceType? PriceType => null;

    public TimeSpan Lookback => TimeSpan.Zero;

    public TimeSpan Ahead => TimeSpan.Zero;

    public Reread Reread => default;

    public DateTimeOffset NextPoll(DateTimeOffset now) => Schedule.Next(now);

    /// <summary>Reads the list, whatever the range: its cursor says when it was read.</summary>
    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        FeedPage page;
        try
        {
            var answer = await market.Client.GetAsync(Name, _address, prepare: null, cancellationToken);
            Payload.RefuseMarkup(Name, answer.Body.Span);
            page = Read(answer.Body);
        }
        catch (MarketFeedException error) when (error.Status == HttpStatusCode.NotFound)
        {
            // Prices bring names and types themselves, so a host without the list is no fault to be tried again at once.
            page = new FeedPage { Cursor = market.Clock.GetUtcNow(), Warning = $"{error.Message}; generators have no hub until there is one" };
        }

        yield return page;
    }

    private FeedPage Read(ReadOnlyMemory<byte> body)
    {
        using var csv = new CsvTable(Name, new MemoryStream(body.ToArray(), writable: false));
        var (name, ptid, zone) = (csv.Column("Generator Name", "Name"), csv.Column("Generator PTID", "PTID"), csv.Column("Zone", "Zone Name"));
        var places = new Dictionary<string, MarketLocation>(StringComparer.Ordinal);
        var (rows, blank) = (0, 0);
        while (csv.Read())
        {
            rows++;
            if (csv.IsWhole && csv[name].Length > 0 && LocationId.IsValidLocation(csv[ptid]))
                places[csv[ptid]] = new(new(Zone, csv[ptid]), csv[name], NyisoLocationTypes.InGeneratorFile(csv[name]), NyisoZones.Ptid(csv[zone]));
            else
                blank++;
        }

        return new FeedPage
        {
            Locations = places.Values,
            Cursor = market.Clock.GetUtcNow(),
            RowsRead = rows,
            Rejections = blank > 0 ? new Dictionary<string, int> { ["Generator Name or Generator PTID is blank, or the row is short"] = blank } : [],
        };
    }
}
