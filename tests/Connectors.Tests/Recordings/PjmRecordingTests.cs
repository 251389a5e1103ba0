using System.Text.Json;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Pjm;
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

    [Fact]
    public async Task GenerationByFuel_HasTheRenewableShareOf22Hours()
    {
        Market.On("/gen_by_fuel", Recording.Read("pjm/gen_by_fuel/gen_by_fuel.json"));

        var page = Assert.Single(await ReadAsync(Feed("pjm:gen_by_fuel")));

        Assert.Equal((220, 0, null), (page.RowsRead, page.RowsRejected, page.Warning));
        Assert.Equal(Enumerable.Range(0, 22).Select(hour => Utc(2025, 2, 9, hour)), page.Fundamentals.Select(share => share.Start));
        // (2,971 hydro + 659 other + 28 solar + 2,782 wind) of 105,605 MW.
        Assert.Equal(6.0982, page.Fundamentals.First().Value, 0.0001);
        Assert.All(page.Fundamentals, share => Assert.Equal((FundamentalKind.RenewableShare, 60), (share.Kind, share.Minutes)));
    }

    [Fact]
    public async Task SevenDayForecast_BareArray_Has168HoursOfOneEvaluation()
    {
        Market.On("/load_frcstd_7_day", Recording.Read("pjm/load_frcstd_7_day/load_frcstd_7_day_2025-03-19.json"));

        var page = Assert.Single(await ReadAsync(Feed("pjm:load_frcstd_7_day")));

        Assert.Equal((168, 0, null), (page.RowsRead, page.RowsRejected, page.Warning));
        Assert.Equal(Enumerable.Range(0, 168).Select(hour => Utc(2025, 3, 19, 4).AddHours(hour)), page.Fundamentals.Select(value => value.Start));
        Assert.Equal((76305.0, 85054.0), (page.Fundamentals.First().Value, page.Fundamentals.Last().Value));
        Assert.All(page.Fundamentals, value => Assert.Equal((FundamentalKind.LoadForecast, Utc(2025, 3, 19, 9, 17).AddSeconds(53)), (value.Kind, value.PublishedAt)));
    }

    [Fact]
    public void DayAheadConstraints_AreReadByTheSameEnvelope()
    {
        var constraints = PjmConstraint.Read(Recording.Read("pjm/da_transconstraints/da_transconstraints_2024-09-02.json")).ToArray();

        Assert.Equal(62, constraints.Length);
        Assert.Equal(276, constraints.Sum(constraint => (constraint.End - constraint.Start).TotalHours));
        Assert.Equal(
            new PjmConstraint(Utc(2024, 9, 2, 16), Utc(2024, 9, 2, 17), "12 DRESDEN  45TR81 CT       H  345 KV", "12 DRESDEN  45TR81 CT       H  345 KV", "L345.Lockport-Kendall.10805"),
            constraints[0]);
    }

    [Fact]
    public async Task Refusals_AsDocumented_AreToldInPjmsWords()
    {
        using var documented = JsonDocument.Parse(Recording.Read("pjm/errors/DOCUMENTED_not_recorded.json"));
        var feed = Feed("pjm:da_hrl_lmps");
        foreach (var example in documented.RootElement.GetProperty("400_examples").EnumerateArray())
        {
            var message = example.GetProperty("errors")[0].GetProperty("message").GetString()!;
            Market.On("/da_hrl_lmps", example.GetRawText(), 400);
            Assert.Contains($"Filters: {message}", await ProblemAsync(feed), StringComparison.Ordinal);
            Market.On("/da_hrl_lmps", example.GetRawText());
            Assert.Contains($"Filters: {message}", await ProblemAsync(feed), StringComparison.Ordinal);
        }
    }
}
