using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Ercot;

public sealed class ErcotFileFeedTests : MarketTest
{
    private const string Settlement = "ercot:np6-905-cd";
    private const string Dispatch = "ercot:np6-788-cd";
    private const string List = "/misapp/servlets/IceDocListJsonWS";
    private const string File = "/misdownload/servlets/mirDownload";
    private const string Header = "DeliveryDate,DeliveryHour,DeliveryInterval,SettlementPointName,SettlementPointType,SettlementPointPrice,DSTFlag   ";

    protected override MarketZone Zone => MarketZone.ERCOT;

    private static string Document(string id, string published, string name = "SPP_csv") =>
        $$$"""{"Document":{"DocID":"{{{id}}}","PublishDate":"{{{published}}}","FriendlyName":"{{{name}}}"}}""";

    private static string Documents(params string[] documents) =>
        $$$"""{"ListDocsByRptTypeRes":{"DocumentList":[{{{string.Join(',', documents)}}}]}}""";

    private void Serve(string csv) => Market.On(List, Documents(Document("7", "2026-11-22T11:17:00-06:00"))).On(File, Zip("x.csv", csv));

    [Fact]
    public async Task FetchAsync_QuarterHourFile_TakesTimePublicationAndLocation()
    {
        Serve(Header + "\n11/22/2026,11,2,HB_NORTH,HU,31.07,N\n11/22/2026,11,2,LZ_HOUSTON,LZ,20.5,N\n11/22/2026,11,2,LZ_HOUSTON,LZEW,21.5,N\n");

        var page = Assert.Single(await ReadAsync(Feed(Settlement)));

        Assert.Equal(["HB_NORTH", "LZ_HOUSTON", "LZ_HOUSTON:LZEW"], page.Ticks.Select(tick => tick.Location));
        Assert.All(page.Ticks, tick => Assert.Equal(
            (Utc(2026, 11, 22, 16, 15), (short)15, PriceType.RealTime15Min, Utc(2026, 11, 22, 17, 17)),
            (tick.Timestamp, tick.IntervalMinutes, tick.PriceType, tick.PublishedAt)));
        Assert.Equal([31.07, 20.5, 21.5], page.Ticks.Select(tick => tick.Price));
        Assert.Equal([LocationType.Hub, LocationType.Zone, LocationType.Zone], page.Locations.Select(location => location.Type));
        Assert.Equal(["HB_NORTH", "LZ_HOUSTON", "LZ_HOUSTON"], page.Locations.Select(location => location.Name));
    }

    [Fact]
    public async Task FetchAsync_RepeatedHour_FollowsTheFlag()
    {
        Serve(Header + "\n11/01/2026,2,1,A,RN,2,Y\n11/01/2026,2,1,A,RN,1,N\n03/08/2026,3,1,A,RN,9,N\n11/01/2026,2,5,A,RN,9,N\n11/01/2026,2,1,A,RN,9,?\n");

        var page = Assert.Single(await ReadAsync(Feed(Settlement)));

        Assert.Equal([(Utc(2026, 11, 1, 6), 1.0), (Utc(2026, 11, 1, 7), 2.0)], page.Ticks.Select(tick => (tick.Timestamp, tick.Price)));
        Assert.Equal((5, 3), (page.RowsRead, page.RowsRejected));
    }

    [Fact]
    public async Task FetchAsync_DispatchRun_IsRoundedToItsFiveMinutes()
    {
        Serve("SCEDTimestamp,RepeatedHourFlag,SettlementPoint,LMP\n11/22/2026 11:20:12,N,HB_NORTH,30.5\n11/22/2026 11:24:51,N,HB_NORTH,31.5\n");

        var ticks = await TicksAsync(Feed(Dispatch));

        Assert.Equal([(Utc(2026, 11, 22, 17, 20), 30.5), (Utc(2026, 11, 22, 17, 25), 31.5)], ticks.Select(tick => (tick.Timestamp, tick.Price)));
        Assert.All(ticks, tick => Assert.Equal(PriceType.RealTime5Min, tick.PriceType));
        Assert.Equal("12300", Market.Requests.First().Query["reportTypeId"]);
    }

    [Fact]
    public async Task FetchAsync_BareCsv_IsReadToo()
    {
        Serve("");
        Market.On(File, Header + "\n11/22/2026,11,2,HB_NORTH,HU,31.07,N\n");

        Assert.Equal(31.07, Assert.Single(await TicksAsync(Feed(Settlement))).Price);
    }

    [Fact]
    public async Task FetchAsync_Files_AreReadOnceOldestFirstAndXmlTwinsNever()
    {
        Market.On(List, Documents(
                Document("3", "2026-11-22T11:20:00-06:00"),
                Document("9", "2026-11-22T11:20:00-06:00", "SPP_xml"),
                Document("2", "2026-11-22T11:05:00-06:00")))
            .On(File, request => new(Zip("x.csv", $"{Header}\n11/22/2026,11,{request.Query["doclookupId"]},A,RN,1,N\n")));
        var feed = Feed(Settlement);

        Assert.Equal([15, 30], (await TicksAsync(feed)).Select(tick => tick.Timestamp.Minute));
        Assert.Empty(await TicksAsync(feed));
        Assert.Equal(["2", "3"], Market.Requests.Where(asked => asked.Path == File).Select(asked => asked.Query["doclookupId"]));
    }

    [Fact]
    public async Task FetchAsync_FileWhosePageWasNotTaken_IsReadAgain()
    {
        Serve(Header + "\n11/22/2026,11,2,HB_NORTH,HU,31.07,N\n");
        var feed = Feed(Settlement);

        await foreach (var page in feed.FetchAsync(Clock.GetUtcNow(), Cancel)) break;

        Assert.Single(await TicksAsync(feed));
    }

    [Fact]
    public async Task FetchAsync_OldFiles_AreLeftSaveForTheNewest()
    {
        Market.On(List, Documents([.. Enumerable.Range(10, 9).Select(day => Document($"{day}", $"2026-10-{day}T00:00:00-05:00"))]))
            .On(File, Zip("x.csv", Header + "\n"));

        await ReadAsync(Feed(Settlement));

        Assert.Equal(["15", "16", "17", "18"], Market.Requests.Where(asked => asked.Path == File).Select(asked => asked.Query["doclookupId"]));
    }

    [Theory]
    [InlineData("{}", "ListDocsByRptTypeRes is missing")]
    [InlineData("""{"ListDocsByRptTypeRes":{"DocumentList":[{"Document":{"DocID":"1"}}]}}""", "PublishDate")]
    [InlineData("<html>maintenance</html>", "maintenance")]
    public async Task FetchAsync_DocumentListThatIsNone_IsOneClearError(string body, string expected)
    {
        Market.On(List, body);

        Assert.Contains(expected, await ProblemAsync(Feed(Settlement)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_MissingColumn_IsNamed()
    {
        Serve("DeliveryDate,DeliveryHour\n1,2\n");

        Assert.Contains("column DeliveryInterval is missing", await ProblemAsync(Feed(Settlement)), StringComparison.Ordinal);
    }
}
