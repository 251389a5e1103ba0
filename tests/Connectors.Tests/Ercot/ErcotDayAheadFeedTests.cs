using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Ercot;

public sealed class ErcotDayAheadFeedTests : MarketTest
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
    [InlineData("9999-12-31", "24:00", "hourEnding")]
    [InlineData("0001-01-01", "01:00", "hourEnding")]
    [InlineData("1900-01-01", "01:00", "deliveryDate is before 2000")]
    [InlineData("2026-12-01", "01:00", "deliveryDate is more than 72 h ahead")]
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

        Assert.Equal([50_000, 1], (await ReadAsync(Feed(Name))).Select(page => page.RowsRead));
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

        status = 401;
        await ProblemAsync(feed);
        status = 200;
        await ReadAsync(feed);
        Assert.Equal(3, Bought());
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
    [InlineData("""{"fields":[{"name":"deliveryDate"}],"data":[]}""", "field hourEnding is missing")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("<html><title>Incapsula</title></html>", "web page")]
    [InlineData("", "empty body")]
    public async Task FetchAsync_PayloadThatIsNone_IsOneClearError(string body, string expected)
    {
        Market.On(Path, body);

        Assert.Contains(expected, await ProblemAsync(Feed(Name)), StringComparison.Ordinal);
    }
}
