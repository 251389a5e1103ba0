using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Caiso.Outlook;

public sealed class OutlookFeedTests : MarketTest
{
    private const string Mix = "Time,Solar,Wind,Natural Gas,Imports\n08:55,10,20,70,500\n09:00,20,20,60,500\n09:05,,,,\n";

    protected override MarketZone Zone => MarketZone.CAISO;

    [Fact]
    public async Task FuelMix_Unchanged_IsSentOnce()
    {
        Market.On("/outlook/current/fuelsource.csv", request => request.Headers.IfModifiedSince.Count > 0
            ? new MarketServer.Reply([], 304)
            : MarketServer.Reply.Text(Mix) with { Headers = new() { ["Last-Modified"] = "Sun, 22 Nov 2026 17:05:00 GMT" } });
        var feed = Feed("caiso:fuelsource");

        var page = Assert.Single(await ReadAsync(feed, new FeedRange(Utc(2026, 11, 22, 16))));

        Assert.Equal(
            [(FundamentalKind.RenewableShare, Utc(2026, 11, 22, 16, 55), 5, 30.0, Utc(2026, 11, 22, 17, 5)), (FundamentalKind.RenewableShare, Utc(2026, 11, 22, 17), 5, 40.0, Utc(2026, 11, 22, 17, 10))],
            page.Fundamentals.Select(value => (value.Kind, value.Start, value.Minutes, value.Value, value.PublishedAt)));
        Assert.Equal(Utc(2026, 11, 22, 17, 5), page.Cursor);
        Assert.Empty(await ReadAsync(feed, new FeedRange(page.Cursor)));
    }

    [Fact]
    public async Task FuelMix_ClosedRange_IsReadFromTheDaysItHolds()
    {
        var days = new[] { "20261119", "20261121" };
        foreach (var day in days) Market.On($"/outlook/history/{day}/fuelsource.csv", Mix);

        var pages = await ReadAsync(Feed("caiso:fuelsource"), new FeedRange(Utc(2026, 11, 19, 17), Utc(2026, 11, 21, 17)));

        // The middle day was never written down.
        Assert.Equal(["/outlook/history/20261119/fuelsource.csv", "/outlook/history/20261120/fuelsource.csv", "/outlook/history/20261121/fuelsource.csv"], Market.Requests.Select(request => request.Path));
        Assert.Equal([Utc(2026, 11, 19, 17), Utc(2026, 11, 21, 16, 55)], pages.SelectMany(page => page.Fundamentals).Select(value => value.Start));
    }

    [Fact]
    public async Task Load_OasisAway_ComesFromTheOutlookAndSaysSo()
    {
        await using var outlook = await MarketServer.StartAsync();
        outlook.On("/outlook/current/demand.csv", "Time,Day ahead forecast,Hour ahead forecast,Current demand,Demand response\n09:00,21000,20500,20400,\n09:05,21010,20510,,\n");
        Market.On("/SingleZip", "busy", 503);

        var load = await ReadAsync(Feed("caiso:SLD_FCST_ACTUAL", ("OutlookBaseUrl", outlook.Url)), new FeedRange(Utc(2026, 11, 22, 16)));
        var forecast = await ReadAsync(Another("caiso:SLD_FCST_DAM"), new FeedRange(Utc(2026, 11, 22, 16)));

        Assert.Equal(new Fundamental(FundamentalKind.Load, Utc(2026, 11, 22, 17), 5, 20400, Utc(2026, 11, 22, 17, 10)), Assert.Single(load.Single().Fundamentals));
        Assert.Equal("outlook", load.Single().Source);
        Assert.Contains("read from outlook instead of oasis", load.Single().Warning, StringComparison.Ordinal);
        Assert.Equal([21000.0, 21010.0], forecast.Single().Fundamentals.Select(value => value.Value));
        Assert.All(forecast.Single().Fundamentals, value => Assert.Equal(Utc(2026, 11, 21, 17, 10), value.PublishedAt));
    }

    [Fact]
    public async Task Load_OasisHasIt_AsksNobodyElse()
    {
        Market.On("/SingleZip", Zip("a.csv", "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,MARKET_RUN_ID,TAC_AREA_NAME,MW\n2026-11-22T15:00:00-00:00,2026-11-22T16:00:00-00:00,ACTUAL,CA ISO-TAC,24000\n"));

        var page = Assert.Single(await ReadAsync(Feed("caiso:SLD_FCST_ACTUAL"), new FeedRange(Utc(2026, 11, 22, 15))));

        Assert.Equal(("oasis", 24000.0), (page.Source, Assert.Single(page.Fundamentals).Value));
        var asked = Assert.Single(Market.Requests).Query;
        Assert.Equal(("SLD_FCST", "ACTUAL", "1", "20261122T15:00-0000", "20261122T18:00-0000"), (asked["queryname"], asked["market_run_id"], asked["version"], asked["startdatetime"], asked["enddatetime"]));
    }
}
