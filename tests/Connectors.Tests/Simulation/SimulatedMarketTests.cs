using FsCheck.Xunit;
using OptiBid.Connectors.Simulation;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Simulation;

public sealed class SimulatedMarketTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<MarketZone> Zones() => new(MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT, MarketZone.NYISO);

    private static IEnumerable<PriceTick> Days(SimulatedMarket market, SimulatedLocation place, int days, PriceType type = PriceType.RealTime5Min)
    {
        for (var time = Start; time < Start.AddDays(days); time = time.AddMinutes(type.IntervalMinutes()))
            yield return market.Price(place, type, time);
    }

    [Property]
    public bool Price_AnyPlaceAndInstant_IsTheSameInAnotherMarketOfTheSeed(uint minutes, byte which, bool dayAhead)
    {
        var type = dayAhead ? PriceType.DayAheadHourly : PriceType.RealTime5Min;
        var time = Start.AddMinutes(minutes % 1_000_000);
        var one = new SimulatedMarket(MarketZone.CAISO, 7, 50);
        var other = new SimulatedMarket(MarketZone.CAISO, 7, 50);
        _ = other.Price(other.Locations[0], type, time.AddDays(-3));

        return one.Price(one.Locations[which % 50], type, time) == other.Price(other.Locations[which % 50], type, time);
    }

    [Fact]
    public void Price_AnotherSeed_IsAnotherSeries()
    {
        var one = new SimulatedMarket(MarketZone.PJM, 1, 1);
        var other = new SimulatedMarket(MarketZone.PJM, 2, 1);

        Assert.NotEqual(Days(one, one.Locations[0], 1).Select(tick => tick.Price), Days(other, other.Locations[0], 1).Select(tick => tick.Price));
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Price_AMonth_KeepsToTheMarketsRules(MarketZone zone)
    {
        var market = new SimulatedMarket(zone, 1, 40);
        foreach (var place in market.Locations.Where((_, i) => i % 13 == 0))
        {
            foreach (var tick in Days(market, place, 30).Concat(Days(market, place, 30, PriceType.DayAheadHourly)))
            {
                Assert.InRange(tick.Price, market.Bounds.Floor, market.Bounds.Cap);
                Assert.InRange(tick.RenewablePercentage!.Value, 0, 100);
                Assert.InRange(tick.LoadForecast!.Value, 5_000, 200_000);
                if (zone == MarketZone.ERCOT)
                    Assert.Equal((null, null, null), (tick.EnergyCost, tick.CongestionCost, tick.LossCost));
                else
                    Assert.Equal(tick.Price, tick.EnergyCost!.Value + tick.CongestionCost!.Value + tick.LossCost!.Value, 1e-7);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Price_AMonth_LooksLikeAMarket(MarketZone zone)
    {
        var market = new SimulatedMarket(zone, 1, 40);
        var hub = Days(market, market.Locations[0], 30).ToArray();
        var clock = MarketClocks.Of(zone);
        double Average(int hour) => hub.Where(tick => WallClock.FromUtc(tick.Timestamp, clock).Local.Hour == hour).Average(tick => tick.Price);

        Assert.InRange(hub.Average(tick => tick.Price), 15, 80);
        // In May the sun sets on Texas and California at eight, and only then is net load at its height.
        var evening = (Average(18) + Average(19) + Average(20)) / 3;
        Assert.True(evening > Average(13) + (zone == MarketZone.CAISO ? 8 : 1.5), "the evening costs more than noon");
        Assert.True(evening > Average(3) + 2, "the evening costs more than the night");
        Assert.True(hub.Max(tick => tick.Price) > 100, "there are spikes");
        Assert.InRange(Correlation(hub.Select(tick => tick.Price).ToArray(), [.. Days(market, market.Locations[1], 30).Select(tick => tick.Price)]), 0.5, 0.9999);
        var dayAhead = Days(market, market.Locations[0], 30, PriceType.DayAheadHourly).Average(tick => tick.Price);
        Assert.InRange(dayAhead, hub.Average(tick => tick.Price) * 0.6, hub.Average(tick => tick.Price) * 1.3);
    }

    [Fact]
    public void Price_AMonth_GoesNegativeAtNoonInCaliforniaMoreThanInPjm()
    {
        int Negative(MarketZone zone)
        {
            var market = new SimulatedMarket(zone, 1, 40);
            return market.Locations.Where((_, i) => i % 10 == 0).Sum(place => Days(market, place, 30).Count(tick => tick.Price < 0));
        }

        Assert.True(Negative(MarketZone.CAISO) > 200);
        Assert.True(Negative(MarketZone.CAISO) > 5 * Negative(MarketZone.PJM));
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Locations_TenThousand_HaveIdsOfTheirOwnAndSomeOfEachKind(MarketZone zone)
    {
        var places = new SimulatedMarket(zone, 1, 10_000).Locations;

        Assert.Equal(10_000, places.Select(place => place.Location).Distinct().Count());
        Assert.All(places, place => Assert.True(LocationId.IsValidLocation(place.Location)));
        if (zone != MarketZone.NYISO) Assert.Contains(places, place => place.Entry.Type == LocationType.Hub);
        Assert.Contains(places, place => place.Entry.Type == LocationType.Zone);
        Assert.All(places.Where(place => place.LoadZone is not null), place => Assert.Contains(places, zone => zone.Location == place.LoadZone && zone.Entry.Type == LocationType.Zone));
        Assert.True(places.Count(place => place.LoadZone is not null) > 5_000);
        Assert.All(places.Where(place => zone != MarketZone.NYISO && place.Entry.Type != LocationType.Hub), place => Assert.Contains(places, hub => hub.Location == place.Entry.Hub));
    }

    private static double Correlation(double[] one, double[] other)
    {
        var (a, b) = (one.Average(), other.Average());
        var cross = one.Zip(other).Sum(pair => (pair.First - a) * (pair.Second - b));
        return cross / Math.Sqrt(one.Sum(x => (x - a) * (x - a)) * other.Sum(x => (x - b) * (x - b)));
    }
}
