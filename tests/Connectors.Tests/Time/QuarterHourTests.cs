using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Time;

public sealed class QuarterHourTests
{
    [Theory]
    [InlineData(2024)]
    [InlineData(2026)]
    public void TryToUtc_LabelOfEveryQuarterOfAYear_ComesBackAsTheQuarter(int year)
    {
        var seen = new HashSet<QuarterHour>();
        for (var start = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero); start.Year == year; start = start.AddMinutes(15))
        {
            var label = QuarterHour.FromUtc(start, MarketClocks.Central);

            Assert.True(seen.Add(label), $"{start:u} has the label of another interval: {label}");
            Assert.True(label.TryToUtc(MarketClocks.Central, out var back));
            Assert.Equal(start, back);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void TryToUtc_NumberNoQuarterHas_IsFalse(int quarter) =>
        Assert.False(new QuarterHour(new HourEnding(new DateOnly(2026, 1, 1), 1, false), quarter).TryToUtc(MarketClocks.Central, out _));
}
