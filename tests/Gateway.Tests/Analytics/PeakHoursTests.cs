using OptiBid.Gateway.Analytics;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Analytics;

public class PeakHoursTests
{
    /// <summary>As NERC listed them for 2010 and 2011, and of years since.</summary>
    [Theory]
    [InlineData(2010, "01-01,05-31,07-05,09-06,11-25,12-25")]
    [InlineData(2011, "01-01,05-30,07-04,09-05,11-24,12-26")]
    [InlineData(2023, "01-02,05-29,07-04,09-04,11-23,12-25")]
    [InlineData(2026, "01-01,05-25,07-04,09-07,11-26,12-25")]
    [InlineData(2027, "01-01,05-31,07-05,09-06,11-25,12-25")]
    public void Holidays_OfAYear_AreTheSixObserved(int year, string expected)
    {
        var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(day => new DateOnly(year, 1, 1).AddDays(day));
        Assert.Equal(expected.Split(','), days.Where(NercHolidays.Contains).Select(day => day.ToString("MM-dd")));
        Assert.False(NercHolidays.Contains(DateOnly.MinValue.AddDays(1)));
    }

    [Theory]
    [InlineData(MarketZone.PJM, "2026-11-20T11:59:59Z", false)]
    [InlineData(MarketZone.PJM, "2026-11-20T12:00:00Z", true)]
    [InlineData(MarketZone.PJM, "2026-11-21T03:59:59Z", true)]
    [InlineData(MarketZone.PJM, "2026-11-21T04:00:00Z", false)]
    [InlineData(MarketZone.NYISO, "2026-07-15T11:00:00Z", true)]
    [InlineData(MarketZone.ISONE, "2026-07-15T10:59:00Z", false)]
    [InlineData(MarketZone.MISO, "2026-07-15T11:00:00Z", false)]
    [InlineData(MarketZone.MISO, "2026-07-15T12:00:00Z", true)]
    [InlineData(MarketZone.MISO, "2026-07-16T03:00:00Z", true)]
    [InlineData(MarketZone.ERCOT, "2026-07-15T11:00:00Z", true)]
    [InlineData(MarketZone.ERCOT, "2026-07-16T03:00:00Z", false)]
    [InlineData(MarketZone.SPP, "2026-11-20T11:59:00Z", false)]
    [InlineData(MarketZone.SPP, "2026-11-20T12:00:00Z", true)]
    [InlineData(MarketZone.CAISO, "2026-11-21T14:00:00Z", true)]
    [InlineData(MarketZone.CAISO, "2026-11-21T13:59:00Z", false)]
    [InlineData(MarketZone.CAISO, "2026-11-22T20:00:00Z", false)]
    [InlineData(MarketZone.ERCOT, "2026-11-21T18:00:00Z", false)]
    [InlineData(MarketZone.CAISO, "2026-07-04T20:00:00Z", false)]
    [InlineData(MarketZone.PJM, "2026-11-26T17:00:00Z", false)]
    [InlineData(MarketZone.PJM, "2027-07-05T17:00:00Z", false)]
    public void Contains_EdgesOfTheBlock_AreTheMarkets(MarketZone zone, string instant, bool isOnPeak) =>
        Assert.Equal(isOnPeak, PeakHours.Contains(zone, DateTimeOffset.Parse(instant)));

    /// <summary>Days of sixteen hours: no change of the clock is within one.</summary>
    [Theory]
    [InlineData(MarketZone.PJM, 2026, 11, 20)]
    [InlineData(MarketZone.MISO, 2026, 11, 20)]
    [InlineData(MarketZone.ERCOT, 2026, 3, 22)]
    [InlineData(MarketZone.SPP, 2026, 7, 23)]
    [InlineData(MarketZone.CAISO, 2026, 11, 24)]
    [InlineData(MarketZone.CAISO, 2026, 7, 26)]
    [InlineData(MarketZone.CAISO, 2026, 3, 26)]
    public void Contains_HoursOfAMonth_AreSixteenOfEachWorkday(MarketZone zone, int year, int month, int days)
    {
        var clock = MarketClocks.Of(zone);
        var first = new DateTime(year, month, 1);
        var (start, end) = (new DateTimeOffset(first, clock.GetUtcOffset(first)), new DateTimeOffset(first.AddMonths(1), clock.GetUtcOffset(first.AddMonths(1))));
        var hours = Enumerable.Range(0, (int)(end - start).TotalHours).Count(hour => PeakHours.Contains(zone, start.AddHours(hour)));
        Assert.Equal(16 * days, hours);
    }

    [Fact]
    public void Split_EveryHourCountsAlike()
    {
        var split = new PeakSplit(MarketZone.PJM);
        Assert.Equal((null, null), (split.PeakAverage, split.OffPeakAverage));

        // Friday's last two on-peak hours, then the off-peak night.
        var start = DateTimeOffset.Parse("2026-11-21T02:00:00Z");
        for (var hour = 0; hour < 6; hour++) split.Add(new HourPrice(start.AddHours(hour), hour < 2 ? 50 + hour : -hour, 1));
        Assert.Equal((50.5, -3.5, 2, 4), (split.PeakAverage, split.OffPeakAverage, split.PeakHours, split.OffPeakHours));
    }
}
