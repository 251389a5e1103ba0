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
}
