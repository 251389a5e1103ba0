using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Time;

public sealed class HourEndingTests
{
    public static TheoryData<MarketZone, int> Years() => new(
        from zone in new[] { MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT, MarketZone.MISO }
        from year in new[] { 2024, 2025, 2026 }
        select (zone, year));

    [Theory]
    [MemberData(nameof(Years))]
    public void TryToUtc_LabelOfEveryHourOfAYear_ComesBackAsTheHour(MarketZone zone, int year)
    {
        var clock = MarketClocks.Of(zone);
        var seen = new HashSet<HourEnding>();
        for (var hour = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero); hour.Year == year; hour = hour.AddHours(1))
        {
            var label = HourEnding.FromUtc(hour, clock);

            Assert.True(seen.Add(label), $"{hour:u} has the label of another hour: {label}");
            Assert.True(label.TryToUtc(clock, out var back), $"{hour:u} {label}");
            Assert.Equal(hour, back);
            Assert.Equal(TimeSpan.Zero, back.Offset);
        }
    }

    [Fact]
    public void TryToUtc_SpringDay_Has23HoursAndNoHourEndingThree()
    {
        var day = new DateOnly(2026, 3, 8);

        Assert.Equal(23, Enumerable.Range(1, 24).Count(hour => new HourEnding(day, hour, false).TryToUtc(MarketClocks.Central, out _)));
        Assert.False(new HourEnding(day, 3, false).TryToUtc(MarketClocks.Central, out _));
        Assert.True(new HourEnding(day, 4, false).TryToUtc(MarketClocks.Central, out var four));
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 8, 0, 0, TimeSpan.Zero), four);
    }

    [Fact]
    public void TryToUtc_AutumnDay_TellsTheRepeatedHourApart()
    {
        var day = new DateOnly(2026, 11, 1);

        Assert.True(new HourEnding(day, 2, false).TryToUtc(MarketClocks.Central, out var daylight));
        Assert.True(new HourEnding(day, 2, true).TryToUtc(MarketClocks.Central, out var standard));
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 6, 0, 0, TimeSpan.Zero), daylight);
        Assert.Equal(daylight.AddHours(1), standard);
        Assert.False(new HourEnding(day, 3, true).TryToUtc(MarketClocks.Central, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public void TryToUtc_NumberNoHourHas_IsFalse(int hour) =>
        Assert.False(new HourEnding(new DateOnly(2026, 1, 1), hour, false).TryToUtc(MarketClocks.Central, out _));
}
