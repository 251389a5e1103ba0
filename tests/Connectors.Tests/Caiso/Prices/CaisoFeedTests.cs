using System.Text;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Caiso.Prices;

public sealed class CaisoFeedTests : MarketTest
{
    private const string RealTime = "caiso:PRC_INTVL_LMP";
    private const string Path = "/SingleZip";
    private const string Header = "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,NODE,LMP_TYPE,MW";

    protected override MarketZone Zone => MarketZone.CAISO;

    private static string Row(string type, string value, string node = "TH_NP15_GEN-APND", int minute = 0) =>
        $"2026-11-22T17:{minute:00}:00-00:00,2026-11-22T17:{minute + 5:00}:00-00:00,{node},{type},{value}";

    private static string Csv(params string[] rows) => string.Join('\n', [Header, .. rows]) + "\n";

    private static string Error(string code, string words) =>
        $"""<?xml version="1.0"?><m:OASISReport xmlns:m="urn:x"><m:ERROR><m:ERR_CODE>{code}</m:ERR_CODE><m:ERR_DESC>{words}</m:ERR_DESC></m:ERROR></m:OASISReport>""";

    [Fact]
    public async Task FetchAsync_ComponentsInAnyOrder_AreJoinedIntoOneTick()
    {
        Market.On(Path, Zip("a.csv", Csv(
            Row("MCL", "-1.5"), Row("LMP", "9", minute: 5), Row("MCC", "0.25"), Row("MGHG", "3"), Row("LMP", "40"), Row("MCE", "41.25"), Row("MCE", "9", minute: 5))));

        var page = Assert.Single(await ReadAsync(Feed(RealTime)));

        Assert.Equal(7, page.RowsRead);
        Assert.Equal(0, page.RowsRejected);
        Assert.Equal(2, page.Ticks.Length);
        var (first, second) = (page.Ticks[0], page.Ticks[1]);
        Assert.Equal((Utc(2026, 11, 22, 17), 40.0, 41.25, 0.25, -1.5), (first.Timestamp, first.Price, first.EnergyCost, first.CongestionCost, first.LossCost));
        Assert.Equal((9.0, 9.0, null, null), (second.Price, second.EnergyCost, second.CongestionCost, second.LossCost));
        Assert.Equal(LocationType.Hub, page.Locations.Single().Type);
        Assert.Equal(Utc(2026, 11, 22, 17, 10), page.Cursor);
    }

    [Theory]
    [InlineData("LMP")]
    [InlineData("MCE")]
    public async Task FetchAsync_GroupNotWholeYet_IsHeldBackForAWhileAndTheCursorWaits(string only)
    {
        string[] whole = [Row("LMP", "1", minute: 20), Row("MCE", "1", minute: 20), Row("MCC", "0", minute: 20), Row("MCL", "0", minute: 20)];
        string[] next = [.. whole.Select(row => row.Replace("17:25:", "17:30:", StringComparison.Ordinal).Replace("17:20:", "17:25:", StringComparison.Ordinal))];
        Market.On(Path, Zip("a.csv", Csv([Row(only, "7", node: "B", minute: 20), .. whole, .. next])));
        var feed = Feed(RealTime);

        var page = Assert.Single(await ReadAsync(feed));

        Assert.Equal(2, page.Ticks.Length);
        Assert.All(page.Ticks, tick => Assert.Equal("TH_NP15_GEN-APND", tick.Location));
        Assert.Equal((Utc(2026, 11, 22, 17, 20), 0), (page.Cursor, page.RowsRejected));

        // Twenty minutes on nothing more is to be expected.
        Clock.Advance(TimeSpan.FromMinutes(20));
        page = (await ReadAsync(feed))[0];
        Assert.Equal(only == "LMP" ? 3 : 2, page.Ticks.Length);
        Assert.Equal(Utc(2026, 11, 22, 17, 30), page.Cursor);
    }

    [Fact]
    public async Task FetchAsync_GroupWithoutItsPrice_IsRejectedAndCounted()
    {
        Market.On(Path, Zip("a.csv", Csv(Row("MCE", "30", node: "A"), Row("MCC", "1", node: "A"), Row("LMP", "20", node: "B"))));

        var page = Assert.Single(await ReadAsync(Feed(RealTime)));

        Assert.Equal("B", Assert.Single(page.Ticks).Location);
        Assert.Equal(["components without an LMP row"], page.Rejections.Keys);
    }

    [Theory]
    [InlineData("VALUE")]
    [InlineData("PRC")]
    [InlineData(" mw ")]
    public async Task FetchAsync_ValueColumnOfAnotherName_IsFound(string column)
    {
        Market.On(Path, Csv(Row("LMP", "20")).Replace("MW", column, StringComparison.Ordinal));

        Assert.Equal(20, Assert.Single(await TicksAsync(Feed(RealTime))).Price);
    }

    [Fact]
    public async Task FetchAsync_Request_IsAlignedAndInGmt()
    {
        Market.On(Path, Zip("e.xml", Error("1000", "No data")));

        Assert.All(await ReadAsync(Feed(RealTime, ("Locations:0", "A"), ("Locations:1", "B")), Clock.GetUtcNow().AddHours(-1)), page => Assert.Empty(page.Ticks));

        var asked = Market.Requests.First();
        Assert.Equal(("PRC_INTVL_LMP", "RTM", "3", "6"), (asked.Query["queryname"], asked.Query["market_run_id"], asked.Query["version"], asked.Query["resultformat"]));
        Assert.Equal("A,B", asked.Query["node"]);
        Assert.Equal(
            [("20261122T16:25-0000", "20261122T17:25-0000"), ("20261122T17:25-0000", "20261122T17:35-0000")],
            Market.Requests.Select(request => (request.Query["startdatetime"], request.Query["enddatetime"])));
    }

    [Fact]
    public async Task FetchAsync_DayAhead_IsHourlyAndPublishedTheDayBefore()
    {
        Market.On(Path, Zip("a.csv", Header + "\n2026-11-22T08:00:00-00:00,2026-11-22T09:00:00-00:00,N1,LMP,33.5\n"));

        var pages = await ReadAsync(Feed("caiso:PRC_LMP"));

        var tick = pages[0].Ticks.Single();
        Assert.Equal((PriceType.DayAheadHourly, (short)60, Utc(2026, 11, 21, 21)), (tick.PriceType, tick.IntervalMinutes, tick.PublishedAt));
    }

    [Fact]
    public async Task FetchAsync_RowsOfAnotherInterval_AreRejected()
    {
        Market.On(Path, Zip("a.csv", Csv("2026-11-22T17:00:00-00:00,2026-11-22T18:00:00-00:00,N,LMP,1", "soon,later,N,LMP,1", Row("LMP", ""), Row("LMP", "NaN"), "x,y")));

        var page = Assert.Single(await ReadAsync(Feed(RealTime)));

        Assert.Empty(page.Ticks);
        Assert.Equal((5, 5), (page.RowsRead, page.RowsRejected));
        Assert.Contains("the interval is not 5 minutes long", page.Rejections.Keys);
    }

    [Theory]
    [InlineData("9999-12-31T22:00:00-00:00,9999-12-31T23:00:00-00:00", "ahead")]
    [InlineData("0001-01-01T00:00:00-00:00,0001-01-01T01:00:00-00:00", "before 2000")]
    public async Task FetchAsync_TimeThatCannotBeMeant_RejectsTheRowAndNotThePayload(string times, string expected)
    {
        Market.On(Path, Zip("a.csv", $"{Header}\n{times},N,LMP,1\n2026-11-22T08:00:00-00:00,2026-11-22T09:00:00-00:00,N,LMP,33.5\n"));

        var page = (await ReadAsync(Feed("caiso:PRC_LMP")))[0];

        Assert.Equal(33.5, Assert.Single(page.Ticks).Price);
        Assert.Contains($"INTERVALSTARTTIME_GMT is {(expected == "ahead" ? "more than 72 h " : "")}{expected}", page.Rejections.Keys);
    }

    [Theory]
    [InlineData("1004", "31 days")]
    [InlineData("1015", "busy")]
    public async Task FetchAsync_ErrorInsideTheZip_IsToldWithItsCode(string code, string words)
    {
        Market.On(Path, Zip("e.xml", Error(code, words)));

        Assert.Contains($"OASIS error {code}: {words}", await ProblemAsync(Feed(RealTime)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_NoDataOutsideAZip_IsEmptyToo()
    {
        Market.On(Path, Error("1000", "No data returned"));

        Assert.Empty(await TicksAsync(Feed(RealTime)));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(429)]
    public async Task FetchAsync_ThrottlePage_IsAnErrorWhateverItsStatus(int status)
    {
        Market.On(Path, "<html><p>Acceptable Use Policy Violation, retry later</p></html>", status);

        var problem = await ProblemAsync(Feed(RealTime));

        Assert.Contains("too", problem, StringComparison.Ordinal);
        Assert.Contains("Acceptable Use Policy Violation", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("<", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_ThrottlePage_AsksForFiveSeconds()
    {
        Market.On(Path, "<html>Acceptable Use Policy Violation</html>");

        Assert.Equal(TimeSpan.FromSeconds(5), (await Assert.ThrowsAsync<MarketFeedException>(() => ReadAsync(Feed(RealTime)))).RetryAfter);
    }

    [Theory]
    [InlineData("NODE")]
    [InlineData("LMP_TYPE")]
    [InlineData("MW")]
    [InlineData("INTERVALSTARTTIME_GMT")]
    public async Task FetchAsync_MissingColumn_IsNamed(string column)
    {
        Market.On(Path, Zip("a.csv", Csv(Row("LMP", "1")).Replace(column, "RENAMED", StringComparison.Ordinal)));

        var problem = await ProblemAsync(Feed(RealTime));

        Assert.Contains($"column {column}", problem, StringComparison.Ordinal);
        Assert.Contains("RENAMED", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error.html", "<html>sorry</html>", "only error.html")]
    [InlineData("prices.txt", "a,b\n1,2\n", "only prices.txt")]
    [InlineData("a.csv", "<html>sorry</html>", "web page")]
    public async Task FetchAsync_ZipWithoutPrices_IsAnErrorThatNamesWhatItHolds(string name, string content, string expected)
    {
        Market.On(Path, Zip(name, content));

        Assert.Contains(expected, await ProblemAsync(Feed(RealTime)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_ReportNamedCsv_IsTakenForWhatItIs()
    {
        Market.On(Path, Zip("a.csv", Error("1000", "No data")));

        Assert.Empty(await TicksAsync(Feed(RealTime)));
    }

    [Theory]
    [InlineData("", "empty body")]
    [InlineData("<html><h1>Service Unavailable</h1></html>", "web page instead of data: \"Service Unavailable\"")]
    public async Task FetchAsync_PayloadThatIsNone_IsOneClearError(string body, string expected)
    {
        Market.On(Path, body);

        Assert.Contains(expected, await ProblemAsync(Feed(RealTime)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_TruncatedZip_IsOneClearError()
    {
        var zip = Zip("a.csv", Csv([.. Enumerable.Range(0, 500).Select(i => Row("LMP", $"{i}", node: $"N{i * 7919}"))]));
        Market.On(Path, zip[..(zip.Length / 2)]);

        Assert.Contains("truncated or damaged", await ProblemAsync(Feed(RealTime)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_WrongEncoding_IsOneClearError()
    {
        Market.On(Path, Zip("a.csv", Encoding.Latin1.GetBytes(Csv(Row("LMP", "1", node: "CAÑON")))));

        Assert.Contains("UTF-8", await ProblemAsync(Feed(RealTime)), StringComparison.Ordinal);
    }
}
