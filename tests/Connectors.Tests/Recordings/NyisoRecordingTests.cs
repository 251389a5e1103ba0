using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Recordings;

/// <summary>The expected values were read off the payloads by eye and with a spreadsheet's sum.</summary>
public sealed class NyisoRecordingTests : MarketTest
{
    protected override MarketZone Zone => MarketZone.NYISO;

    private async Task<FeedPage> PageAsync(string feed, DateTimeOffset from, DateTimeOffset? to = null) =>
        Assert.Single(await ReadAsync(Feed(feed), new FeedRange(from, to)));

    [Fact]
    public async Task RealTime_NewestRuns_HaveTheirIntervalsComponentsAndPlaces()
    {
        Market.On("/realtime/realtime_zone_lbmp.csv", Recording.Read("nyiso/rt_lbmp/realtime_zone_lbmp_2016-02-18.csv"));

        var page = await PageAsync("nyiso:realtime_zone", Utc(2026, 11, 22, 17));

        Assert.Equal((45, 0, 45, null), (page.RowsRead, page.RowsRejected, page.Ticks.Length, page.Warning));
        Assert.Equal([Utc(2016, 2, 18, 5, 10), Utc(2016, 2, 18, 5, 25), Utc(2016, 2, 18, 5, 40)], page.Ticks.Select(tick => tick.Timestamp).Distinct());
        Check(page, "61757", Utc(2016, 2, 18, 5, 10), 21.53, 19.84, 1.69);
        Check(page, "61844", Utc(2016, 2, 18, 5, 10), 19.21, 19.85, -0.64);
        Check(page, "61755", Utc(2016, 2, 18, 5, 40), 18.62, 19.74, -1.12);
        Check(page, "61752", Utc(2016, 2, 18, 5, 40), 20.59, 19.74, 0.85);
        Assert.Equal(15, page.Locations.Count);
        Assert.Equal(["H Q", "NPX", "O H", "PJM"], page.Locations.Where(place => place.Type == LocationType.Interface).Select(place => place.Name).Order());
        Assert.Equal("N.Y.C.", page.Locations.Single(place => place.Id.Location == "61761").Name);
    }

    [Fact]
    public async Task RealTime_SamePayloadAsADaysFile_GivesTheSameTicks()
    {
        Market.On("/csv/realtime/20261122realtime_zone.csv", Recording.Read("nyiso/rt_lbmp/realtime_zone_lbmp_2016-02-18.csv"));

        var page = await PageAsync("nyiso:realtime_zone", Utc(2026, 11, 22, 17));

        Assert.Equal((45, 45), (page.RowsRead, page.Ticks.Length));
        Check(page, "61844", Utc(2016, 2, 18, 5, 10), 19.21, 19.85, -0.64);
    }

    [Fact]
    public async Task Load_Day_Has288SumsOfElevenZones()
    {
        Market.On("/csv/pal/20171101pal_csv.zip", Zip("20171122pal.csv", Recording.Read("nyiso/pal_load/20171122pal.csv")));

        var page = await PageAsync("nyiso:pal", Utc(2017, 11, 22, 5), Utc(2017, 11, 23, 5));

        Assert.Equal((3190, 0, null), (page.RowsRead, page.RowsRejected, page.Warning));
        Assert.Equal(Enumerable.Range(0, 288).Select(i => Utc(2017, 11, 22, 5).AddMinutes(5 * i)), page.Fundamentals.Select(value => value.Start));
        Assert.Equal([14840.8, 14745, 14590], page.Fundamentals.Take(3).Select(value => value.Value));
        Assert.Equal(15631.4, page.Fundamentals.Last().Value);
        Assert.All(page.Fundamentals, value => Assert.Equal((FundamentalKind.Load, 5), (value.Kind, value.Minutes)));
    }

    [Fact]
    public async Task LoadForecast_File_HasSixDaysOfHours()
    {
        Market.On("/csv/isolf/20250201isolf_csv.zip", Zip("20250219isolf.csv", Recording.Read("nyiso/isolf/20250219isolf.csv")));

        var page = await PageAsync("nyiso:isolf", Utc(2025, 2, 19, 5), Utc(2025, 2, 20, 5));
        Assert.Equal((144, 0, 24), (page.RowsRead, page.RowsRejected, page.Fundamentals.Count));

        Market.On("/csv/isolf/20261122isolf.csv", Recording.Read("nyiso/isolf/20250219isolf.csv"));
        var whole = (await PageAsync("nyiso:isolf", Utc(2026, 11, 22, 17))).Fundamentals;

        Assert.Equal(Enumerable.Range(0, 144).Select(hour => Utc(2025, 2, 19, 5).AddHours(hour)), whole.Select(value => value.Start));
        Assert.Equal([18054, 17636, 17402, 17330], whole.Take(4).Select(value => value.Value));
        Assert.Equal(16465, whole.Last().Value);
        Assert.All(whole, value => Assert.Equal((FundamentalKind.LoadForecast, 60, Utc(2025, 2, 18, 13)), (value.Kind, value.Minutes, value.PublishedAt)));
    }

    [Fact]
    public async Task FuelMix_Day_Has288Shares()
    {
        Market.On("/csv/rtfuelmix/20250201rtfuelmix_csv.zip", Zip("20250201rtfuelmix.csv", Recording.Read("nyiso/rtfuelmix/20250201rtfuelmix.csv")));

        var page = await PageAsync("nyiso:rtfuelmix", Utc(2025, 2, 1, 5), Utc(2025, 2, 2, 5));

        Assert.Equal((2016, 0, null), (page.RowsRead, page.RowsRejected, page.Warning));
        Assert.Equal(Enumerable.Range(0, 288).Select(i => Utc(2025, 2, 1, 5).AddMinutes(5 * i)), page.Fundamentals.Select(value => value.Start));
        // 232 + 671 + 1846 of 14124 MW; 3275 of 14947 up to noon; 226 + 152 + 2024 of 15257 up to midnight.
        Assert.Equal(19.463, page.Fundamentals.First().Value);
        Assert.Equal(21.911, page.Fundamentals.Single(value => value.Start == Utc(2025, 2, 1, 16, 55)).Value);
        Assert.Equal(15.744, page.Fundamentals.Last().Value);
    }

    private static void Check(FeedPage page, string ptid, DateTimeOffset start, double price, double energy, double loss)
    {
        var tick = Assert.Single(page.Ticks, tick => tick.Location == ptid && tick.Timestamp == start);
        Assert.Equal((price, energy, 0, loss), (tick.Price, tick.EnergyCost!.Value, tick.CongestionCost!.Value, tick.LossCost!.Value));
    }
}
