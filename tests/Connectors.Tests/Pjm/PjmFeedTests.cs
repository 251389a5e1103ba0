using System.Globalization;
using System.Text;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Pjm;

public sealed class PjmFeedTests : MarketTest
{
    private const string Hourly = "pjm:rt_hrl_lmps";
    private const string HourlyPath = "/rt_hrl_lmps";

    protected override MarketZone Zone => MarketZone.PJM;

    private static string Item(
        string utc = "2026-11-20T05:00:00",
        string id = "101",
        string total = "25.5",
        string energy = "24.25",
        string congestion = "1",
        string loss = "0.25",
        string current = "true",
        int version = 1,
        string type = "HUB") =>
        $$"""
        {"datetime_beginning_utc":"{{utc}}","pnode_id":{{id}},"pnode_name":"NODE {{id.Trim('"')}}","type":"{{type}}",
         "system_energy_price_rt":{{energy}},"total_lmp_rt":{{total}},"congestion_price_rt":{{congestion}},"marginal_loss_price_rt":{{loss}},
         "row_is_current":{{current}},"version_nbr":{{version.ToString(CultureInfo.InvariantCulture)}}}
        """;

    private static string Envelope(string links, params string[] items) => Envelope(links, items.Length, items);

    private static string Envelope(string links, int total, string[] items) => $$"""{"links":[{{links}}],"items":[{{string.Join(',', items)}}],"totalRows":{{total}}}""";

    [Fact]
    public async Task FetchAsync_Envelope_TakesTimeComponentsAndLocation()
    {
        Market.On(HourlyPath, Envelope("""{"rel":"self","href":"x"}""", Item()));

        var page = Assert.Single(await ReadAsync(Feed(Hourly)));

        var tick = Assert.Single(page.Ticks);
        Assert.Equal((Utc(2026, 11, 20, 5), "101", PriceType.RealTimeHourly, (short)60), (tick.Timestamp, tick.Location, tick.PriceType, tick.IntervalMinutes));
        Assert.Equal((25.5, 24.25, 1.0, 0.25), (tick.Price, tick.EnergyCost, tick.CongestionCost, tick.LossCost));
        Assert.Equal((Hourly, 0), (tick.Source, tick.Revision));
        Assert.Equal(new MarketLocation(new LocationId(MarketZone.PJM, "101"), "NODE 101", LocationType.Hub, "51288"), Assert.Single(page.Locations));
        Assert.Equal((1, 0), (page.RowsRead, page.RowsRejected));
    }

    [Fact]
    public async Task FetchAsync_ComponentsThatDoNotAddUp_ArePassedOnAndTold()
    {
        Market.On(HourlyPath, Envelope("", Item(total: "25.51"), Item(id: "102", total: "25.52")));

        var page = Assert.Single(await ReadAsync(Feed(Hourly)));

        Assert.Equal([25.51, 25.52], page.Ticks.Select(tick => tick.Price));
        Assert.Equal($"{Hourly}: 1 prices are not the sum of their components within a cent, such as 102 at 2026-11-20 05:00:00Z: 25.52 against 25.5", page.Warning);
    }

    [Fact]
    public async Task FetchAsync_RowsOlderThanAsked_AreLateTicksAndLeaveTheCursor()
    {
        Market.On(HourlyPath, Envelope("", Item("2020-01-01T00:00:00")));
        var cursor = Utc(2026, 11, 20, 0);

        var page = Assert.Single(await ReadAsync(Feed(Hourly), cursor));

        Assert.Single(page.Ticks);
        Assert.Equal(cursor, page.Cursor);
    }

    [Fact]
    public async Task FetchAsync_NewerRows_MoveTheCursorToTheNewestIntervalEnd()
    {
        Market.On(HourlyPath, Envelope("", Item("2026-11-20T07:00:00"), Item("2026-11-20T06:00:00")));

        var page = Assert.Single(await ReadAsync(Feed(Hourly), Utc(2026, 11, 20, 0)));

        Assert.Equal(Utc(2026, 11, 20, 8), page.Cursor);
        Assert.Equal([6, 7], page.Ticks.Select(tick => tick.Timestamp.Hour));
    }

    [Fact]
    public async Task FetchAsync_Request_AsksByUtcRangeWithTheKeyInAHeader()
    {
        Market.On(HourlyPath, Envelope(""));

        await ReadAsync(Feed(Hourly, ("ApiKey", "s3cret"), ("Locations:0", "1"), ("Locations:1", "3")), Utc(2026, 11, 22, 16));

        var asked = Assert.Single(Market.Requests);
        Assert.Equal("11/22/2026 16:00to11/22/2026 17:00", asked.Query["datetime_beginning_utc"]);
        Assert.Equal(("1", "50000", "1;3"), (asked.Query["startRow"], asked.Query["rowCount"], asked.Query["pnode_id"]));
        Assert.Contains("total_lmp_rt", asked.Query["fields"], StringComparison.Ordinal);
        Assert.Equal("s3cret", asked.Headers["Ocp-Apim-Subscription-Key"]);
        Assert.DoesNotContain("s3cret", string.Join("", asked.Query.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_NextLink_IsFollowedOnTheConfiguredHostOnly()
    {
        Market.On(HourlyPath, request => MarketServer.Reply.Text(request.Query["startRow"] == "1"
            ? Envelope("""{"rel":"next","href":"https://elsewhere.invalid/steal?rowCount=2&StartRow=3"}""", Item(id: "1"), Item(id: "2"))
            : Envelope("", Item(id: "3"))));

        var pages = await ReadAsync(Feed(Hourly));

        Assert.Equal(["1", "2", "3"], pages.SelectMany(page => page.Ticks).Select(tick => tick.Location));
        Assert.Equal(["1", "3"], Market.Requests.Select(asked => asked.Query["startRow"]));
    }

    [Fact]
    public async Task FetchAsync_SeveralPages_MoveTheCursorWithTheLastAlone()
    {
        Market.On(HourlyPath, request => request.Query["startRow"] == "1"
            ? MarketServer.Reply.Text(Envelope("""{"rel":"next","href":"?startRow=2"}""", Item("2026-11-20T09:00:00")))
            : MarketServer.Reply.Text(Envelope("", Item("2026-11-20T04:00:00"))));
        var cursor = Utc(2026, 11, 20, 0);

        var pages = await ReadAsync(Feed(Hourly), cursor);

        Assert.Equal([cursor, Utc(2026, 11, 20, 10)], pages.Select(page => page.Cursor));
    }

    [Fact]
    public async Task FetchAsync_SecondPageFails_LeavesTheCursorSoThatNoRowIsLost()
    {
        Market.On(HourlyPath, request => request.Query["startRow"] == "1"
            ? MarketServer.Reply.Text(Envelope("""{"rel":"next","href":"?startRow=2"}""", Item("2026-11-20T09:00:00")))
            : MarketServer.Reply.Text("", 500));
        var cursor = Utc(2026, 11, 20, 0);
        var pages = new List<Connectors.Feeds.FeedPage>();

        await Assert.ThrowsAsync<Connectors.Feeds.MarketFeedException>(async () =>
        {
            await foreach (var page in Feed(Hourly).FetchAsync(new FeedRange(cursor), Cancel)) pages.Add(page);
        });

        Assert.Equal(cursor, Assert.Single(pages).Cursor);
    }

    [Theory]
    [InlineData(30, "Asc")]
    [InlineData(800, null)]
    public async Task FetchAsync_Order_IsAskedForWhereTheMarketSorts(int daysBack, string? order)
    {
        Market.On(HourlyPath, Envelope(""));

        await ReadAsync(Feed(Hourly), Clock.GetUtcNow().AddDays(-daysBack));

        Assert.Equal(order, Market.Requests.First().Query.GetValueOrDefault("order"));
        Assert.Equal(order is null ? null : "datetime_beginning_utc", Market.Requests.First().Query.GetValueOrDefault("sort"));
    }

    [Fact]
    public async Task FetchAsync_NextLinkThatDoesNotMoveOn_IsAnErrorAndNotALoop()
    {
        Market.On(HourlyPath, Envelope("""{"rel":"next","href":"/x?startRow=1"}""", Item()));

        Assert.Contains("row 1", await ProblemAsync(Feed(Hourly)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_BareArray_PagesByTheTotalHeader()
    {
        Market.On(HourlyPath, request => new(Encoding.UTF8.GetBytes($"[{Item(id: request.Query["startRow"]!)}]")) { Headers = { ["X-TotalRows"] = "3" } });

        Assert.Equal(["1", "2", "3"], (await TicksAsync(Feed(Hourly))).Select(tick => tick.Location));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FetchAsync_FullPageThatSaysNothingOfMore_IsNotTheEnd(bool json)
    {
        const string Header = "datetime_beginning_utc,pnode_id,total_lmp_rt,system_energy_price_rt,congestion_price_rt,marginal_loss_price_rt\n";
        var full = json
            ? $"[{string.Join(',', Enumerable.Repeat(Item(), 50_000))}]"
            : Header + string.Concat(Enumerable.Repeat("11/20/2026 5:00:00 AM,7,1,1,0,0\n", 50_000));
        var rest = json ? $"[{Item(id: "8")}]" : Header + "11/20/2026 5:00:00 AM,8,1,1,0,0\n";
        Market.On(HourlyPath, request => MarketServer.Reply.Text(request.Query["startRow"] == "1" ? full : rest));

        var pages = await ReadAsync(Feed(Hourly));

        Assert.Equal(50_001, pages.Sum(page => page.RowsRead));
        Assert.Equal("8", Assert.Single(pages[^1].Ticks).Location);
        Assert.Equal(["1", "50001"], Market.Requests.Select(asked => asked.Query["startRow"]));
    }

    [Fact]
    public async Task FetchAsync_ShortEnvelopeOfALongerAnswer_IsTheEndWithAWarning()
    {
        Market.On(HourlyPath, Envelope("", 325_176, [Item(id: "1"), Item(id: "2")]));

        var page = Assert.Single(await ReadAsync(Feed(Hourly)));

        Assert.Equal(2, page.Ticks.Length);
        Assert.Contains("ends at row 2 of 325176", page.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_NoMoreRowsThoughTheTotalSaysSo_IsAnError()
    {
        Market.On(HourlyPath, request => new(Encoding.UTF8.GetBytes(request.Query["startRow"] == "1" ? $"[{Item()}]" : "[]")) { Headers = { ["X-TotalRows"] = "3" } });

        Assert.Contains("ends at row 1 of 3", await ProblemAsync(Feed(Hourly)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_TwoVersionsOfAnHour_PublishesTheSupersededOneFirst()
    {
        Market.On(HourlyPath, Envelope("", Item(total: "40.5", version: 2), Item(total: "28.5", current: "false", version: 1)));

        var first = await TicksAsync(Feed(Hourly));

        Assert.Equal([28.5, 40.5], first.Select(tick => tick.Price));
        Assert.True(first[1].IsPublishedAfter(first[0]));
    }

    [Fact]
    public async Task FetchAsync_ReadAgainLater_GivesEqualRecords()
    {
        Market.On(HourlyPath, Envelope("", Item(version: 2), Item(current: "false", total: "9")));
        var feed = Feed(Hourly);

        var before = await TicksAsync(feed);
        Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(before, await TicksAsync(feed));
    }

    [Fact]
    public async Task FetchAsync_LiveFeedWithoutEnergy_TakesItAsTheRemainder()
    {
        Market.On("/rt_unverified_fivemin_lmps", Envelope("", """
            {"datetime_beginning_utc":"2026-11-22T17:25:00","pnode_id":51288,"pnode_name":"WESTERN HUB","type":"HUB",
             "total_lmp_rt":31.42,"congestion_price_rt":1.1,"marginal_loss_price_rt":0.3}
            """));

        var tick = Assert.Single(await TicksAsync(Feed("pjm:rt_unverified_fivemin_lmps")));

        Assert.Equal((30.02, 1.1, 0.3), (tick.EnergyCost, tick.CongestionCost, tick.LossCost));
        Assert.Equal((PriceType.RealTime5Min, (short)5), (tick.PriceType, tick.IntervalMinutes));
        Assert.Equal(Utc(2026, 11, 22, 17, 26).AddSeconds(30), tick.PublishedAt);
    }

    [Fact]
    public async Task FetchAsync_Csv_IsReadByHeaderNameAndUtcColumn()
    {
        Market.On(HourlyPath, "\uFEFFtype, pnode_id ,EXTRA,datetime_beginning_ept,datetime_beginning_utc,total_lmp_rt,system_energy_price_rt,congestion_price_rt,marginal_loss_price_rt,pnode_name,row_is_current,version_nbr\r\n" +
            "ZONE,7,x,11/1/2026 1:00:00 AM,11/1/2026 6:00:00 AM,10.5,10,.5,0,\"A, B\",True,1\r\n");

        var page = Assert.Single(await ReadAsync(Feed(Hourly)));

        var tick = Assert.Single(page.Ticks);
        Assert.Equal((Utc(2026, 11, 1, 6), "7", 10.5, 10.0, 0.5), (tick.Timestamp, tick.Location, tick.Price, tick.EnergyCost, tick.CongestionCost));
        Assert.Equal(("A, B", LocationType.Zone), (page.Locations.Single().Name, page.Locations.Single().Type));
    }

    [Theory]
    [InlineData("\"NaN\"")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"cheap\"")]
    [InlineData("1e999")]
    public async Task FetchAsync_BadPrice_RejectsTheRowAndKeepsTheRest(string price)
    {
        Market.On(HourlyPath, Envelope("", Item(id: "1", total: price), Item(id: "2")));

        var page = Assert.Single(await ReadAsync(Feed(Hourly)));

        Assert.Equal("2", Assert.Single(page.Ticks).Location);
        Assert.Equal((2, 1), (page.RowsRead, page.RowsRejected));
        Assert.Contains("total_lmp_rt", page.Rejections.Keys.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_BadTimeBlankLocationAndFarFuture_AreRejectedByReason()
    {
        Market.On(HourlyPath, Envelope("", Item(utc: "yesterday"), Item(id: "\" \""), Item(utc: "2099-01-01T00:00:00"), Item()));
        var cursor = Utc(2026, 11, 20, 0);

        var page = Assert.Single(await ReadAsync(Feed(Hourly), cursor));

        Assert.Single(page.Ticks);
        Assert.Equal(3, page.Rejections.Count);
        Assert.Equal(Utc(2026, 11, 20, 6), page.Cursor);
    }

    [Theory]
    [InlineData("9999-12-31T23:00:00", "ahead")]
    [InlineData("0001-01-01T00:00:00", "before 2000")]
    [InlineData("2026-11-24T17:25:00", "more than 1 h ahead")]
    public async Task FetchAsync_TimeThatCannotBeMeant_RejectsTheRowAndNotThePayload(string utc, string expected)
    {
        Market.On(HourlyPath, Envelope("", Item(utc: utc), Item()));

        var page = Assert.Single(await ReadAsync(Feed(Hourly), Utc(2026, 11, 20, 0)));

        Assert.Equal(Utc(2026, 11, 20, 5), Assert.Single(page.Ticks).Timestamp);
        Assert.Equal(Utc(2026, 11, 20, 6), page.Cursor);
        var reason = Assert.Single(page.Rejections).Key;
        Assert.Contains("datetime_beginning_utc", reason, StringComparison.Ordinal);
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"items":[{"datetime_beginning_utc":"2026-11-20T05:00:00","pnode_id":1}]}""", "total_lmp_rt is missing")]
    [InlineData("""{"errors":[{"field":"Filters","message":"A datetime is missing","detail":[]}]}""", "Filters: A datetime is missing")]
    [InlineData("""{"links":[]}""", "items is missing")]
    [InlineData("""{"items":[{"a":1""", "not valid JSON")]
    [InlineData("<html><body><h1>Service unavailable</h1></body></html>", "Service unavailable")]
    [InlineData("", "empty body")]
    [InlineData(" \r\n", "empty body")]
    [InlineData("datetime_beginning_utc,pnode_id\r\n1/1/2026 1:00:00 AM,1\r\n", "column total_lmp_rt is missing")]
    public async Task FetchAsync_PayloadThatIsNone_IsOneClearError(string body, string expected)
    {
        Market.On(HourlyPath, body);

        Assert.Contains(expected, await ProblemAsync(Feed(Hourly)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_WrongEncoding_IsOneClearError()
    {
        Market.On(HourlyPath, Encoding.Latin1.GetBytes(Envelope("", Item().Replace("NODE", "NÖDE", StringComparison.Ordinal))));

        Assert.Contains("UTF-8", await ProblemAsync(Feed(Hourly)), StringComparison.Ordinal);
    }
}
