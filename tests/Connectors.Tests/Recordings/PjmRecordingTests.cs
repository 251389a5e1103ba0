using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Recordings;

public sealed class PjmRecordingTests : MarketTest
{
    protected override MarketZone Zone => MarketZone.PJM;

    [Fact]
    public async Task RealTimeHourly_Json_HasTheExpectedValues()
    {
        Market.On("/rt_hrl_lmps", Recording.Read("pjm/rt_hrl_lmps/rt_hrl_lmps_2024-02-20_2rows.json"));

        var page = Assert.Single(await ReadAsync(Feed("pjm:rt_hrl_lmps")));

        Assert.Equal(
            [("1", 17.956076, 17.94, 0.005357, 0.011552), ("3", 18.101796, 17.94, -0.133939, 0.296568)],
            page.Ticks.Select(tick => (tick.Location, tick.Price, tick.EnergyCost!.Value, tick.CongestionCost!.Value, tick.LossCost!.Value)));
        Assert.All(page.Ticks, tick => Assert.Equal(Utc(2024, 2, 20, 5), tick.Timestamp));
        Assert.Equal(["PJM-RTO", "MID-ATL/APS"], page.Locations.Select(location => location.Name));
        Assert.Contains("ends at row 2 of 325176", page.Warning, StringComparison.Ordinal);
        Assert.Single(Market.Requests);
        Assert.Contains("ends at row 2 of 325176", page.Warning, StringComparison.Ordinal);
        Assert.Single(Market.Requests);
    }

    [Fact]
    public async Task RealTimeHourly_CsvWithARevision_PublishesBothVersionsInOrder()
    {
        Market.On("/rt_hrl_lmps", Recording.Read("pjm/rt_hrl_lmps_csv/rt_hrl_lmps_revised_3-5-2024_open.csv"));

        var page = Assert.Single(await ReadAsync(Feed("pjm:rt_hrl_lmps")));

        Assert.Equal((26, 0), (page.RowsRead, page.RowsRejected));
        var revised = page.Ticks.Where(tick => tick.Timestamp == Utc(2024, 3, 6, 3)).ToArray();
        Assert.Equal([28.348916, 40.164347], revised.Select(tick => tick.Price));
        Assert.True(revised[1].IsPublishedAfter(revised[0]));
        foreach (var hour in page.Ticks.GroupBy(tick => tick.Timestamp).Where(hour => hour.Key < Utc(2024, 3, 5, 18)))
            Assert.True(hour.First().HasSameValue(hour.Last()), $"{hour.Key:u} was republished unchanged");
    }

    [Fact]
    public async Task DayAhead_SpringDay_Has23ConsecutiveHours()
    {
        Market.On("/da_hrl_lmps", Recording.Read("pjm/da_hrl_lmps_csv/da_hrl_lmps_dst_spring_2025-03-09.csv"));

        var ticks = (await ReadAsync(Feed("pjm:da_hrl_lmps"))).SelectMany(page => page.Ticks).ToArray();

        Assert.Equal(Enumerable.Range(0, 23).Select(hour => Utc(2025, 3, 9, 5).AddHours(hour)), ticks.Select(tick => tick.Timestamp));
        Assert.Equal([39.997912, 38.45148, 40.06903], ticks.Take(3).Select(tick => tick.Price));
        Assert.All(ticks, tick => Assert.Equal(tick.Price, tick.EnergyCost!.Value + tick.CongestionCost!.Value + tick.LossCost!.Value, 0.01));
    }
}
