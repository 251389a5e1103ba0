using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Recordings;

public sealed class CaisoRecordingTests : MarketTest
{
    private const string RealTime = "caiso:PRC_INTVL_LMP";

    protected override MarketZone Zone => MarketZone.CAISO;

    [Fact]
    public async Task RealTime_ZippedCsv_HasTwelveIntervalsWhoseComponentsAddUp()
    {
        Market.On("/SingleZip", Zip("20250901_PRC_INTVL_LMP_RTM_v3.csv", Recording.Read("caiso/PRC_INTVL_LMP_RTM/rtm_2025-09-01_0800Z.csv")));

        var page = (await ReadAsync(Feed(RealTime)))[0];

        Assert.Equal((48, 0, 12), (page.RowsRead, page.RowsRejected, page.Ticks.Length));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => Utc(2025, 9, 1, 8, i * 5)), page.Ticks.Select(tick => tick.Timestamp));
        var first = page.Ticks[0];
        Assert.Equal((41.87119, 43.69776, -1.82657, 0.0), (first.Price, first.EnergyCost, first.LossCost, first.CongestionCost));
        Assert.All(page.Ticks, tick => Assert.Equal(tick.Price, tick.EnergyCost!.Value + tick.CongestionCost!.Value + tick.LossCost!.Value, 2e-5));
    }

    [Fact]
    public async Task DayAhead_UnsortedCsv_ComesOutInOrderWithWhatComponentsThereAre()
    {
        Market.On("/SingleZip", Recording.Read("caiso/PRC_LMP_DAM/dam_apnode_2020-01-01.csv"));

        var ticks = (await ReadAsync(Feed("caiso:PRC_LMP")))[0].Ticks;

        Assert.Equal(Enumerable.Range(0, 8).Select(hour => Utc(2020, 1, 2, hour)), ticks.Select(tick => tick.Timestamp));
        Assert.Equal([33.34256, 37.19566, 36.80716, 36.26838], ticks.Take(4).Select(tick => tick.Price));
        Assert.Equal([null, null, null, 0.0], ticks.Take(4).Select(tick => tick.CongestionCost));
        Assert.All(ticks, tick => Assert.Null(tick.EnergyCost));
    }

    [Fact]
    public async Task NoDataYet_IsEmptyAndNoError()
    {
        Market.On("/SingleZip", Recording.Read("caiso/errors/no_data_1000.zip"));

        Assert.Empty(await TicksAsync(Feed(RealTime)));
    }

    [Fact]
    public async Task Throttle_IsToldInItsOwnWords()
    {
        Market.On("/SingleZip", Recording.Read("caiso/errors/http429_throttle.html"));

        Assert.Contains("Please retry your request after 5 seconds", await ProblemAsync(Feed(RealTime)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadForecast_SevenDays_HasEveryHourOfTheWholeMarket()
    {
        Market.On("/SingleZip", Recording.Read("caiso/SLD_FCST_7DA/20250219_20250227_SLD_FCST_7DA_20250221_01_09_58_v1.zip"));

        var page = (await ReadAsync(Feed("caiso:SLD_FCST_7DA")))[0];

        Assert.Equal((192, 0), (page.Fundamentals.Count, page.RowsRejected));
        Assert.Equal(Enumerable.Range(0, 192).Select(hour => Utc(2025, 2, 19, 8).AddHours(hour)), page.Fundamentals.Select(value => value.Start));
        Assert.All(page.Fundamentals, value => Assert.InRange(value.Value, 13_665, 27_086));
        Assert.Equal(Utc(2025, 2, 12, 17, 10), page.Fundamentals.First().PublishedAt);
    }

    [Fact]
    public async Task RenewablesWatch_SpringDay_Has23Shares()
    {
        Market.On("/green/renewrpt/20170312_DailyRenewablesWatch.txt", Recording.Read("caiso/DailyRenewablesWatch/20170312_DailyRenewablesWatch.txt"));
        var feed = Feed("caiso:fuelsource");

        var pages = new List<FeedPage>();
        await foreach (var read in feed.FetchAsync(new(Utc(2017, 3, 12, 8), Utc(2017, 3, 13, 7)), Cancel)) pages.Add(read);
        var page = Assert.Single(pages);

        Assert.Equal(Enumerable.Range(0, 23).Select(hour => Utc(2017, 3, 12, 8).AddHours(hour)), page.Fundamentals.Select(value => value.Start));
        Assert.All(page.Fundamentals, value => Assert.Equal((FundamentalKind.RenewableShare, 60), (value.Kind, value.Minutes)));
        Assert.Equal(100 * 2920.0 / (2920 + 2282 + 3575 + 4435), page.Fundamentals.First().Value, 1e-9);
        Assert.Equal(100 * 9976.0 / (9976 + 2283 + 1739 + 3440), page.Fundamentals.Max(value => value.Value), 1e-9);
    }
}
