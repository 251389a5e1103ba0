using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Ercot;

public sealed class ErcotApiFeedTests : MarketTest
{
    private const string Name = "ercot:np4-190-cd";
    private const string Path = "/np4-190-cd/dam_stlmnt_pnt_prices";

    protected override MarketZone Zone => MarketZone.ERCOT;

    private static string Body(string rows, string fields = "deliveryDate,hourEnding,settlementPoint,settlementPointPrice,DSTFlag", int pages = 1) =>
        $$"""{"_meta":{"totalPages":{{pages}}},"fields":[{{string.Join(',', fields.Split(',').Select(field => $$"""{"name":"{{field}}"}"""))}}],"data":[{{rows}}]}""";

    [Fact]
    public async Task FetchAsync_PositionalRows_AreBoundByFieldName()
    {
        Market.On(Path, Body("""[false,12.5,"HB_NORTH","24:00","2026-11-21"]""", "DSTFlag,settlementPointPrice,settlementPoint,hourEnding,deliveryDate"));

        var page = Assert.Single(await ReadAsync(Feed(Name)));

        var tick = Assert.Single(page.Ticks);
        Assert.Equal((Utc(2026, 11, 22, 5), "HB_NORTH", 12.5), (tick.Timestamp, tick.Location, tick.Price));
        Assert.Equal((null, null, null), (tick.EnergyCost, tick.CongestionCost, tick.LossCost));
        Assert.Equal(LocationType.Hub, page.Locations.Single().Type);
    }

    [Fact]
    public async Task FetchAsync_AutumnDay_HasBothHoursEvenTheRepeatedOneFirst()
    {
        Market.On(Path, Body("""["2026-11-01","02:00","A",2,true],["2026-11-01","02:00","A",1,false],["2026-11-01","03:00","A",3,false]"""));

        var ticks = await TicksAsync(Feed(Name));

        Assert.Equal([(6, 1.0), (7, 2.0), (8, 3.0)], ticks.Select(tick => (tick.Timestamp.Hour, tick.Price)));
    }

    [Fact]
    public async Task FetchAsync_HourTheDayDoesNotHave_IsRejected()
    {
        Market.On(Path, Body("""["2026-03-08","03:00","A",2,false],["2026-03-08","04:00","A",1,false],["2026-03-08","04:00","B",null,false],["2026-03-08"]"""));

        var page = Assert.Single(await ReadAsync(Feed(Name)));

        Assert.Equal(Utc(2026, 3, 8, 8), Assert.Single(page.Ticks).Timestamp);
        Assert.Equal((4, 3), (page.RowsRead, page.RowsRejected));
    }

    [Theory]
    [InlineData("9999-12-31", "24:00", "does not have")]
    [InlineData("0001-01-01", "01:00", "does not have")]
    [InlineData("1900-01-01", "01:00", "delivery date is before 2000")]
    [InlineData("2026-12-01", "01:00", "delivery date is more than 72 h ahead")]
    public async Task FetchAsync_TimeThatCannotBeMeant_RejectsTheRowAndNotThePayload(string date, string hour, string expected)
    {
        Market.On(Path, Body($"""["{date}","{hour}","A",1,false],["2026-11-22","01:00","B",2,false]"""));

        var page = Assert.Single(await ReadAsync(Feed(Name)));

        Assert.Equal("B", Assert.Single(page.Ticks).Location);
        Assert.Contains(expected, Assert.Single(page.Rejections).Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_SeveralPages_AreAllRead()
    {
        Market.On(Path, request => MarketServer.Reply.Text(Body($"""["2026-11-21","01:00","P{request.Query["page"]}",1,false]""", pages: 3)));

        Assert.Equal(["P1", "P2", "P3"], (await TicksAsync(Feed(Name))).Select(tick => tick.Location));
    }

    [Theory]
    [InlineData("""{"totalPages":"3"}""", 3)]
    [InlineData("""{"totalRecords":2}""", 2)]
    [InlineData("{}", 1)]
    public async Task FetchAsync_MetaWrittenOtherwise_StillGivesAllPages(string meta, int pages)
    {
        Market.On(Path, request => MarketServer.Reply.Text(
            Body($"""["2026-11-21","01:00","P{request.Query["page"]}",1,false]""").Replace("""{"totalPages":1}""", meta, StringComparison.Ordinal)));

        Assert.Equal(pages, (await TicksAsync(Feed(Name))).Length);
    }

    [Fact]
    public async Task FetchAsync_NoMeta_GoesOnAfterAFullPage()
    {
        var full = string.Join(',', Enumerable.Repeat("""["2026-11-21","01:00","A",1,false]""", 50_000));
        Market.On(Path, request => MarketServer.Reply.Text(
            Body(request.Query["page"] == "1" ? full : """["2026-11-21","01:00","B",1,false]""").Replace("_meta", "meta", StringComparison.Ordinal)));

        var pages = await ReadAsync(Feed(Name));

        Assert.Equal(50_001, pages.Sum(page => page.RowsRead));
        Assert.All(pages, page => Assert.InRange(page.Ticks.Length, 0, 10_000));
    }

    [Fact]
    public async Task FetchAsync_EmptyPageBeforeTheLast_IsAnError()
    {
        Market.On(Path, request => MarketServer.Reply.Text(Body(request.Query["page"] == "1" ? """["2026-11-21","01:00","A",1,false]""" : "", pages: 3)));

        Assert.Contains("ends at row 1", await ProblemAsync(Feed(Name)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_NewestDayFirst_MovesTheCursorWithTheLastPageAlone()
    {
        Market.On(Path, request => MarketServer.Reply.Text(Body($"""["2026-11-2{(request.Query["page"] == "1" ? 3 : 2)}","01:00","A",1,false]""", pages: 2)));
        var cursor = Utc(2026, 11, 21, 0);

        var pages = await ReadAsync(Feed(Name), cursor);

        Assert.Equal([cursor, Utc(2026, 11, 23, 7)], pages.Select(page => page.Cursor));
    }

    [Fact]
    public async Task FetchAsync_Credentials_BuyATokenOnceAndGoNowhereElse()
    {
        Market.On(Path, Body("""["2026-11-22","01:00","A",1,false]""", pages: 2)).On("/token", """{"id_token":"t0ken","expires_in":"3600"}""");
        var feed = Feed(Name, ("ApiKey", "k3y"), ("Username", "me"), ("Password", "pa55"), ("TokenUrl", Market.Url + "/token"));

        await ReadAsync(feed);
        await ReadAsync(feed);

        var token = Assert.Single(Market.Requests, asked => asked.Path == "/token");
        Assert.Equal(("me", "pa55", "password"), (token.Form["username"], token.Form["password"], token.Form["grant_type"]));
        var calls = Market.Requests.Where(asked => asked.Path == Path).ToArray();
        Assert.Equal(4, calls.Length);
        Assert.All(calls, asked => Assert.Equal(("Bearer t0ken", "k3y"), (asked.Headers["Authorization"], asked.Headers["Ocp-Apim-Subscription-Key"])));
        Assert.DoesNotContain(Log.Lines, line => line.Contains("pa55", StringComparison.Ordinal) || line.Contains("t0ken", StringComparison.Ordinal) || line.Contains("k3y", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FetchAsync_TokenThatIsShortLivedOrRefused_IsBoughtAgain()
    {
        var status = 200;
        Market.On(Path, _ => MarketServer.Reply.Text(Body(""), status)).On("/token", """{"id_token":"t","expires_in":"300"}""");
        var feed = Feed(Name, ("Username", "me"), ("Password", "pa55"), ("TokenUrl", Market.Url + "/token"));
        int Bought() => Market.Requests.Count(asked => asked.Path == "/token");

        await ReadAsync(feed);
        Clock.Advance(TimeSpan.FromMinutes(4));
        await ReadAsync(feed);
        Assert.Equal(2, Bought());

        // Refused, it is replaced once at once, and again with the next read.
        status = 401;
        await ProblemAsync(feed);
        Assert.Equal(3, Bought());
        status = 200;
        await ReadAsync(feed);
        Assert.Equal(4, Bought());
    }

    [Fact]
    public async Task FetchAsync_TokenAfterItsTime_IsBoughtAgain()
    {
        Market.On(Path, Body("")).On("/token", """{"id_token":"t"}""");
        var feed = Feed(Name, ("Username", "me"), ("Password", "pa55"), ("TokenUrl", Market.Url + "/token"));

        await ReadAsync(feed);
        Clock.Advance(TimeSpan.FromMinutes(55));
        await ReadAsync(feed);

        Assert.Equal(2, Market.Requests.Count(asked => asked.Path == "/token"));
    }

    [Theory]
    [InlineData("""{"statusCode":401,"message":"Access denied"}""", "Access denied")]
    [InlineData("""{"fields":[{"name":"deliveryDate"}],"data":[]}""", "field HourEnding or DeliveryHour")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("<html><title>Incapsula</title></html>", "web page")]
    [InlineData("", "empty body")]
    public async Task FetchAsync_PayloadThatIsNone_IsOneClearError(string body, string expected)
    {
        Market.On(Path, body);

        Assert.Contains(expected, await ProblemAsync(Feed(Name)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_TokenRefusedOnce_IsReplacedAndTheReadGoesOn()
    {
        var tokens = 0;
        Market.On("/token", _ => MarketServer.Reply.Text($$"""{"id_token":"token{{++tokens}}"}"""))
            .On(Path, request => request.Headers.Authorization == "Bearer token1"
                ? MarketServer.Reply.Text("expired", 401)
                : MarketServer.Reply.Text(Body("""["2026-11-22","01:00","A",1,false]""")));
        var feed = Feed(Name, ("Username", "me"), ("Password", "pa55"), ("TokenUrl", Market.Url + "/token"));

        Assert.Single(await TicksAsync(feed));
        Assert.Equal(2, tokens);
    }

    [Fact]
    public async Task FetchAsync_NoCredentialsForErcotsOwnAddress_SaysSoInOneLineWithoutACall()
    {
        var problem = await ProblemAsync(Feed(Name, ("BaseUrl", ""), ("FilesBaseUrl", Market.Url)));

        Assert.Contains("set Connectors:ERCOT:ApiKey, :Username and :Password", problem, StringComparison.Ordinal);
        Assert.Single(Market.Requests);
    }

    private async Task<FeedPage[]> PastAsync(string name, DateTimeOffset from, DateTimeOffset to, params (string, string)[] settings)
    {
        var pages = new List<FeedPage>();
        await foreach (var page in Feed(name, settings).FetchAsync(new FeedRange(from, to), Cancel)) pages.Add(page);
        return [.. pages];
    }

    [Fact]
    public async Task FetchAsync_ClosedRange_GivesNothingOutsideIt()
    {
        Market.On(Path, Body("""["2026-10-05","01:00","A",1,false],["2026-10-05","02:00","A",2,false],["2026-10-05","03:00","A",3,false]"""));

        var pages = await PastAsync(Name, Utc(2026, 10, 5, 6), Utc(2026, 10, 5, 7));

        Assert.Equal([2.0], pages.SelectMany(page => page.Ticks).Select(tick => tick.Price));
        Assert.All(pages, page => Assert.Equal("api", page.Source));
        var asked = Assert.Single(Market.Requests);
        Assert.Equal(("2026-10-05", "2026-10-05"), (asked.Query["deliveryDateFrom"], asked.Query["deliveryDateTo"]));
    }

    [Fact]
    public async Task FetchAsync_ClosedRangeOfOneDay_IsThatDayThoughTheNextBeginsWhereItEnds()
    {
        Market.On(Path, Body("""["2026-10-05","01:00","A",1,false]"""));

        await PastAsync(Name, Utc(2026, 10, 5, 5), Utc(2026, 10, 6, 5));

        Assert.Equal("2026-10-05", Assert.Single(Market.Requests).Query["deliveryDateTo"]);
    }

    [Fact]
    public async Task FetchAsync_QuarterHours_AreAskedFromTheHourOnAndCarryTheType()
    {
        const string path = "/np6-905-cd/spp_node_zone_hub";
        Market.On(path, Body("""["2026-11-22",11,"2","LZ_HOUSTON","LZEW","20.5",false],["2026-11-22",24,4,"HB_PAN","HU",9,false]""",
            "deliveryDate,deliveryHour,deliveryInterval,settlementPoint,settlementPointType,settlementPointPrice,DSTFlag"));

        var pages = await PastAsync("ercot:np6-905-cd", Utc(2026, 11, 22, 16, 15), Utc(2026, 11, 22, 17));

        var tick = Assert.Single(pages.SelectMany(page => page.Ticks));
        Assert.Equal((Utc(2026, 11, 22, 16, 15), "LZ_HOUSTON:LZEW", 20.5, PriceType.RealTime15Min), (tick.Timestamp, tick.Location, tick.Price, tick.PriceType));
        var asked = Assert.Single(Market.Requests);
        Assert.Equal(("11", "11"), (asked.Query["deliveryHourFrom"], asked.Query["deliveryHourTo"]));
    }

    [Fact]
    public async Task FetchAsync_DispatchRunsOfTheRepeatedHour_AreAskedByBoundsThatTakeInBoth()
    {
        const string path = "/np6-788-cd/lmp_node_zone_hub";
        Market.On(path, Body("""["2026-11-01T01:05:11",true,"A",2],["2026-11-01T01:05:13",false,"A",1]""", "SCEDTimestamp,repeatHourFlag,settlementPoint,LMP"));

        var pages = await PastAsync("ercot:np6-788-cd", Utc(2026, 11, 1, 6), Utc(2026, 11, 1, 7, 30));

        Assert.Equal([(Utc(2026, 11, 1, 6, 5), 1.0), (Utc(2026, 11, 1, 7, 5), 2.0)], pages.SelectMany(page => page.Ticks).Select(tick => (tick.Timestamp, tick.Price)));
        var asked = Assert.Single(Market.Requests);
        Assert.Equal(("2026-11-01T00:57:30", "2026-11-01T02:32:30"), (asked.Query["SCEDTimestampFrom"], asked.Query["SCEDTimestampTo"]));
    }

    [Fact]
    public async Task FetchAsync_RangeTheQueryHasNoRowsOf_IsReadFromTheArchive()
    {
        const string archive = "/archive/np4-190-cd";
        Market.On(Path, Body(""))
            .On(archive, request => request.Query["download"] == "11"
                ? new(Zip("x.csv", "DeliveryDate,HourEnding,SettlementPoint,SettlementPointPrice,DSTFlag\n07/05/2014,24:00,A,7,N\n07/06/2014,01:00,A,8,N\n"))
                : MarketServer.Reply.Text("""
                {"_meta":{"totalPages":1},"archives":[
                 {"docId":12,"friendlyName":"DAMSPNP4190_xml","postDatetime":"2014-07-04T12:40:00.000"},
                 {"docId":11,"friendlyName":"DAMSPNP4190_csv","postDatetime":"2014-07-04T12:40:00.000","_links":{"endpoint":{"href":"https://elsewhere.example/archive/np4-190-cd?download=11"}}}]}
                """));

        var pages = await PastAsync(Name, Utc(2014, 7, 5, 5), Utc(2014, 7, 6, 5));

        var tick = Assert.Single(pages.SelectMany(page => page.Ticks));
        Assert.Equal((Utc(2014, 7, 6, 4), 7.0, Utc(2014, 7, 4, 17, 40)), (tick.Timestamp, tick.Price, tick.PublishedAt));
        var listing = Market.Requests.First(asked => asked.Path == archive);
        Assert.Equal(("2014-07-02T23:00:00", "2014-07-06T02:00:00"), (listing.Query["postDatetimeFrom"], listing.Query["postDatetimeTo"]));
        Assert.Equal(3, Market.Requests.Count);
    }

    [Fact]
    public async Task FetchAsync_FileAndQuery_GiveADispatchRunTheSameRecord()
    {
        const string row = "2026-11-22T11:20:12";
        Market.On("/np6-788-cd/lmp_node_zone_hub", Body($"""["{row}",false,"HB_NORTH",30.5]""", "SCEDTimestamp,repeatHourFlag,settlementPoint,LMP"));
        var fromQuery = Assert.Single((await PastAsync("ercot:np6-788-cd", Utc(2026, 11, 22, 17), Utc(2026, 11, 22, 18))).SelectMany(page => page.Ticks));
        Market.On("/misapp/servlets/IceDocListJsonWS", """{"ListDocsByRptTypeRes":{"DocumentList":[{"Document":{"DocID":"1","PublishDate":"2026-11-22T11:20:40-06:00","FriendlyName":"LMP_csv"}}]}}""")
            .On("/misdownload/servlets/mirDownload", Zip("x.csv", "SCEDTimestamp,RepeatedHourFlag,SettlementPoint,LMP\n11/22/2026 11:20:12,N,HB_NORTH,30.5\n"));

        Assert.Equal(fromQuery, Assert.Single(await TicksAsync(Feed("ercot:np6-788-cd"))));
    }
}
