using System.Globalization;
using OptiBid.Connectors.Caiso.Prices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Caiso.Prices;

/// <summary>A past hour whose answer is no use, before good ones.</summary>
public sealed class UnreadableWindowTests : MarketTest
{
    private const string Header = "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,NODE,LMP_TYPE,MW";
    private const string Bad = "20261122T15:00-0000";

    protected override MarketZone Zone => MarketZone.CAISO;

    private void Serve(Func<string, bool> isBad, int status = 200) => Market.On("/SingleZip", request =>
    {
        var start = request.Query["startdatetime"].ToString();
        if (isBad(start)) return new MarketServer.Reply("PK broken"u8.ToArray(), status);
        var time = DateTimeOffset.Parse($"2026-11-22T{start[9..14]}Z", CultureInfo.InvariantCulture);
        var rows = new[] { ("LMP", 30), ("MCE", 30), ("MCC", 0), ("MCL", 0) }.Select(part =>
            $"{time:yyyy-MM-dd'T'HH:mm:ss}-00:00,{time.AddMinutes(5):yyyy-MM-dd'T'HH:mm:ss}-00:00,N,{part.Item1},{part.Item2}");
        return new MarketServer.Reply(Zip("a.csv", $"{Header}\n{string.Join('\n', rows)}\n"));
    });

    private async Task<(List<FeedPage> Pages, MarketFeedException? Error)> PollAsync(IMarketFeed feed, FeedRange range)
    {
        var pages = new List<FeedPage>();
        try
        {
            await foreach (var page in feed.FetchAsync(range, Cancel)) pages.Add(page);
            return (pages, null);
        }
        catch (MarketFeedException error)
        {
            return (pages, error);
        }
    }

    [Fact]
    public async Task FetchAsync_HourThatStaysCorrupt_HoldsUpNoneAfterItAndIsPassedOverInTheEnd()
    {
        Serve(start => start == Bad);
        var feed = Feed("caiso:PRC_INTVL_LMP");
        var range = new FeedRange(Utc(2026, 11, 22, 15));

        for (var attempt = 1; attempt < UnreadableWindows.Attempts; attempt++)
        {
            var (pages, error) = await PollAsync(feed, range);

            Assert.Contains("truncated or damaged", error!.Message, StringComparison.Ordinal);
            Assert.Equal([Utc(2026, 11, 22, 16), Utc(2026, 11, 22, 17)], pages.SelectMany(page => page.Ticks).Select(tick => tick.Timestamp));
            Assert.All(pages, page => Assert.Equal(range.From, page.Cursor));
        }

        var (last, none) = await PollAsync(feed, range);

        Assert.Null(none);
        Assert.Contains("2026-11-22 15:00:00Z could not be read 5 times and is passed over (the zip is truncated", last[0].Warning, StringComparison.Ordinal);
        Assert.Equal([Utc(2026, 11, 22, 16), Utc(2026, 11, 22, 16, 5), Utc(2026, 11, 22, 17, 5)], last.Select(page => page.Cursor));

        // Nobody asks for it again, save who fills holes.
        Market.Requests.Clear();
        Assert.NotNull((await PollAsync(feed, range)).Pages[0].Warning);
        Assert.DoesNotContain(Market.Requests, request => request.Query["startdatetime"] == Bad);

        Serve(_ => false);
        var hole = Assert.Single((await PollAsync(feed, new(range.From, range.From.AddHours(1)))).Pages);
        Assert.Equal(range.From, Assert.Single(hole.Ticks).Timestamp);
    }

    [Fact]
    public async Task FetchAsync_HourThatIsNotOver_IsNeverPassedOver()
    {
        Serve(start => start == "20261122T17:00-0000");
        var feed = Feed("caiso:PRC_INTVL_LMP");

        for (var attempt = 0; attempt < 2 * UnreadableWindows.Attempts; attempt++)
            Assert.NotNull((await PollAsync(feed, new(Utc(2026, 11, 22, 16)))).Error);
    }

    [Fact]
    public async Task FetchAsync_MarketAway_PassesNothingOver()
    {
        Serve(start => start == Bad, status: 503);
        var feed = Feed("caiso:PRC_INTVL_LMP");

        for (var attempt = 0; attempt < 2 * UnreadableWindows.Attempts; attempt++)
        {
            var (pages, error) = await PollAsync(feed, new(Utc(2026, 11, 22, 15)));
            Assert.NotNull(error);
            Assert.Empty(pages);
        }
    }

    [Fact]
    public async Task FetchAsync_LongAnswerNoUse_IsAskedForHourByHour()
    {
        Serve(start => start == "20261122T16:55-0000" && Market.Requests.Count == 1);

        var (pages, error) = await PollAsync(Feed("caiso:PRC_INTVL_LMP"), new(Utc(2026, 11, 22, 16, 55)));

        Assert.Null(error);
        Assert.Equal([Utc(2026, 11, 22, 16, 55), Utc(2026, 11, 22, 17)], pages.SelectMany(page => page.Ticks).Select(tick => tick.Timestamp));
        Assert.Equal(3, Market.Requests.Count);
    }

    [Fact]
    public async Task FetchAsync_ManyNodes_TakeSeveralCallsAndMakeOneAnswer()
    {
        Market.On("/SingleZip", request =>
        {
            var nodes = request.Query["node"].ToString().Split(',');
            var rows = nodes.Select(node => $"2026-11-22T17:00:00-00:00,2026-11-22T17:05:00-00:00,{node},LMP,1");
            return new MarketServer.Reply(Zip("a.csv", $"{Header}\n{string.Join('\n', rows)}\n"));
        });
        var names = Enumerable.Range(0, 25).Select(i => $"NODE_WITH_A_LONG_NAME_{i:00}_7_N001").ToArray();
        var feed = Feed("caiso:PRC_INTVL_LMP", [.. names.Select((name, i) => ($"Locations:{i}", name))]);

        var page = Assert.Single((await PollAsync(feed, new(Utc(2026, 11, 22, 17)))).Pages);

        Assert.Equal(names, page.Ticks.Select(tick => tick.Location));
        Assert.Equal([10, 10, 5], Market.Requests.Select(request => request.Query["node"].Split(',').Length));
    }

    [Fact]
    public async Task FetchAsync_AllNodes_AreAskedForAsAGroup()
    {
        Serve(_ => false);

        await PollAsync(Feed("caiso:PRC_INTVL_LMP", ("Locations:0", "all")), new(Utc(2026, 11, 22, 17)));
        await PollAsync(Feed("caiso:PRC_INTVL_LMP"), new(Utc(2026, 11, 22, 17)));

        Assert.Equal(["ALL", "ALL_APNODES"], Market.Requests.Select(request => request.Query["grp_type"]));
        Assert.DoesNotContain(Market.Requests, request => request.Query.ContainsKey("node"));
    }
}
