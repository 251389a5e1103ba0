using OptiBid.Connectors.Feeds;
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

    private void ServeThree(Func<string, MarketServer.Reply> answer) => Market.On(List, Documents(
            Document("1", "2026-11-22T11:02:00-06:00", "SPP_1_csv"),
            Document("2", "2026-11-22T11:17:00-06:00", "SPP_2_csv"),
            Document("3", "2026-11-22T11:24:00-06:00", "SPP_3_csv")))
        .On(File, request => answer(request.Query["doclookupId"]!));

    private static MarketServer.Reply Good(string id) => new(Zip("x.csv", $"{Header}\n11/22/2026,11,{id},A,RN,1,N\n"));

    [Fact]
    public async Task FetchAsync_BadFileBeforeGoodOnes_IsToldAndTheyAreRead()
    {
        ServeThree(id => id == "1" ? MarketServer.Reply.Text("<html>sorry</html>") : Good(id));

        var pages = await ReadAsync(Feed(Settlement));

        Assert.Equal([15, 30], pages.SelectMany(page => page.Ticks).Select(tick => tick.Timestamp.Minute));
        Assert.Contains("1 of 3 files unreadable: SPP_1_csv: the market answered with a web page", pages[^1].Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_BadFile_IsTriedAgainAfterGrowingPausesAndThenGivenUpAndCounted()
    {
        ServeThree(id => id == "1" ? MarketServer.Reply.Text("DeliveryDate\n") : Good(id));
        var feed = Feed(Settlement);
        var (attempts, rejected) = (new List<int>(), 0);

        for (var minute = 0; minute <= 300; minute++)
        {
            var before = Market.Requests.Count(asked => asked.Query.GetValueOrDefault("doclookupId") == "1");
            try
            {
                rejected += (await ReadAsync(feed, Utc(2026, 11, 22, 17))).Sum(page => page.RowsRejected);
            }
            catch (Connectors.Feeds.MarketFeedException)
            {
                // A poll whose only file is the bad one has failed.
            }

            if (Market.Requests.Count(asked => asked.Query.GetValueOrDefault("doclookupId") == "1") > before) attempts.Add(minute);
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([0, 1, 5, 21, 81], attempts);
        Assert.Equal(1, rejected);
        Assert.Contains("1 of 1 files unreadable: SPP_1_csv", (await ReadAsync(feed))[^1].Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_BadFileThatIsPutRight_IsReadThoughTheCursorHasPassedIt()
    {
        var isRight = false;
        ServeThree(id => id == "1" && !isRight ? MarketServer.Reply.Text("", 404) : Good(id));
        var feed = Feed(Settlement);
        await ReadAsync(feed);

        isRight = true;
        Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(0, Assert.Single(await TicksAsync(feed)).Timestamp.Minute);
        Assert.All(await ReadAsync(feed), page => Assert.Null(page.Warning));
    }

    [Fact]
    public async Task FetchAsync_NoFileCanBeHad_IsTheMarketsTroubleAndNoneIsGivenUp()
    {
        ServeThree(_ => MarketServer.Reply.Text("", 503));
        var feed = Feed(Settlement);

        for (var i = 0; i < 10; i++)
        {
            await ProblemAsync(feed);
            Clock.Advance(TimeSpan.FromHours(1));
        }

        ServeThree(Good);
        Assert.Equal([0, 15, 30], (await TicksAsync(feed)).Select(tick => tick.Timestamp.Minute));
    }

    [Fact]
    public async Task FetchAsync_FileWhosePageWasNotTaken_IsReadAgain()
    {
        Serve(Header + "\n11/22/2026,11,2,HB_NORTH,HU,31.07,N\n");
        var feed = Feed(Settlement);

        await foreach (var page in feed.FetchAsync(new FeedRange(Clock.GetUtcNow()), Cancel)) break;

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

    [Theory]
    [InlineData("", "empty body")]
    [InlineData("<html>Incapsula</html>", "web page instead of data: \"Incapsula\"")]
    public async Task FetchAsync_FileThatIsNone_IsOneClearError(string body, string expected)
    {
        Serve("");
        Market.On(File, body);

        Assert.Contains(expected, await ProblemAsync(Feed(Settlement)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_WrongEncoding_IsOneClearError()
    {
        Serve("");
        Market.On(File, Zip("x.csv", System.Text.Encoding.Latin1.GetBytes(Header + "\n11/22/2026,11,2,CAÑON,RN,31.07,N\n")));

        Assert.Contains("UTF-8", await ProblemAsync(Feed(Settlement)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_ZipWithoutACsv_IsAnErrorThatNamesWhatItHolds()
    {
        Serve("");
        Market.On(File, Zip("error.html", "<html>sorry</html>"));

        Assert.Contains("only error.html", await ProblemAsync(Feed(Settlement)), StringComparison.Ordinal);
    }
}
