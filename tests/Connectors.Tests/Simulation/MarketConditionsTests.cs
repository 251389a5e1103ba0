using OptiBid.Connectors.Simulation;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Simulation;

public sealed class MarketConditionsTests
{
    private static readonly DateTimeOffset Year = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<MarketZone, string> Fuels() => new()
    {
        { MarketZone.PJM, "Coal, Gas, Hydro, Nuclear, Oil, Other Renewables, Solar, Storage, Wind, Multiple Fuels" },
        { MarketZone.CAISO, "Solar, Wind, Geothermal, Biomass, Biogas, Small hydro, Coal, Nuclear, Natural Gas, Large Hydro, Batteries, Imports, Other" },
        { MarketZone.ERCOT, "Coal and Lignite, Hydro, Nuclear, Power Storage, Solar, Wind, Natural Gas, Other" },
        { MarketZone.NYISO, "Dual Fuel, Natural Gas, Nuclear, Other Fossil Fuels, Other Renewables, Wind, Hydro" },
    };

    private static IEnumerable<MarketConditions> Sample(MarketZone zone, int days, int minutes)
    {
        var market = new SimulatedMarket(zone, 1, 1);
        for (var time = Year; time < Year.AddDays(days); time = time.AddMinutes(minutes)) yield return market.Conditions(time);
    }

    [Theory]
    [MemberData(nameof(Fuels))]
    public void Conditions_AYear_GenerationOfTheMarketsFuelsIsTheLoad(MarketZone zone, string fuels)
    {
        Assert.All(Sample(zone, 365, 125), conditions =>
        {
            Assert.Equal(fuels, string.Join(", ", conditions.GenerationMw.Keys));
            Assert.Equal(conditions.LoadMw, conditions.GenerationMw.Values.Sum(), 1e-6);
            Assert.InRange(conditions.RenewablePercentage, 0, 100);
            Assert.InRange(conditions.LoadForecastMw, conditions.LoadMw * 0.9, conditions.LoadMw * 1.1);
        });
    }

    [Theory]
    [InlineData(MarketZone.PJM, 55_000, 165_000)]
    [InlineData(MarketZone.CAISO, 15_000, 52_000)]
    [InlineData(MarketZone.ERCOT, 32_000, 92_000)]
    [InlineData(MarketZone.NYISO, 10_500, 34_000)]
    public void Conditions_AYear_LoadKeepsToTheSizeOfTheMarket(MarketZone zone, double least, double most)
    {
        var loads = Sample(zone, 365, 55).Select(conditions => conditions.LoadMw).ToArray();

        Assert.InRange(loads.Min(), least, least * 1.35);
        Assert.InRange(loads.Max(), most * 0.8, most);
    }

    [Theory]
    [MemberData(nameof(Fuels))]
    public void Conditions_Weekdays_LoadIsAboveThatOfWeekendsAndHolidays(MarketZone zone, string fuels)
    {
        Assert.NotEmpty(fuels);
        var clock = MarketClocks.Of(zone);
        var byDay = Sample(zone, 364, 60)
            .GroupBy(conditions => WallClock.FromUtc(conditions.Start, clock).Local.Date)
            .Select(day => (day.Key, Load: day.Average(conditions => conditions.LoadMw)))
            .ToLookup(day => MarketCalendar.Work(day.Key), day => day.Load);

        Assert.True(byDay[1].Average() > 1.02 * byDay[0.25].Average());
        Assert.True(byDay[0.25].Average() > byDay[0].Average());
        Assert.Equal(52 + 6, byDay[0].Count());
    }

    [Fact]
    public void Conditions_SunAndWind_FollowThePlacesSun()
    {
        var hours = Sample(MarketZone.CAISO, 365, 60).ToLookup(conditions => WallClock.FromUtc(conditions.Start, MarketClocks.Pacific).Local.Hour);

        Assert.All(hours[0].Concat(hours[2]), conditions => Assert.Equal(0, conditions.GenerationMw["Solar"]));
        Assert.InRange(hours[12].Average(conditions => conditions.GenerationMw["Solar"]), 9_000, 18_000);
        Assert.InRange(hours[12].Average(conditions => conditions.GenerationMw["Batteries"]), -9_000, -1_500);
        Assert.True(hours[20].Average(conditions => conditions.GenerationMw["Batteries"]) > 4_000);
        // The forecast errs, and is right on average.
        Assert.InRange(hours[13].Average(conditions => conditions.SolarForecastMw) / hours[13].Average(conditions => conditions.GenerationMw["Solar"]), 0.97, 1.12);
        Assert.Contains(hours[13], conditions => Math.Abs(conditions.SolarForecastMw - conditions.GenerationMw["Solar"]) > 800);
    }
}
