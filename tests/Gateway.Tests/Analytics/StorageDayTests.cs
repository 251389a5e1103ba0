using OptiBid.Gateway.Analytics;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Analytics;

public class StorageDayTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);
    private static readonly MarketDay Day = new(new DateOnly(2026, 11, 22), Midnight, Midnight.AddDays(1));

    [Theory]
    [InlineData(MarketZone.PJM, "2026-03-08T05:00:00Z", 23, "2026-03-09T04:00:00Z")]
    [InlineData(MarketZone.PJM, "2026-11-01T04:00:00Z", 25, "2026-11-02T05:00:00Z")]
    [InlineData(MarketZone.CAISO, "2026-11-01T07:00:00Z", 25, "2026-11-02T08:00:00Z")]
    [InlineData(MarketZone.ERCOT, "2026-03-08T06:00:00Z", 23, "2026-03-09T05:00:00Z")]
    [InlineData(MarketZone.MISO, "2026-03-08T05:00:00Z", 24, "2026-03-09T05:00:00Z")]
    public void Beginning_DayTheClockChanges_HasItsOwnLength(MarketZone zone, string start, int hours, string end)
    {
        var from = DateTimeOffset.Parse(start);
        var days = MarketDay.Beginning(zone, from, from.AddDays(2)).ToArray();
        Assert.Equal((from, hours, DateTimeOffset.Parse(end)), (days[0].Start, days[0].Hours, days[0].End));
        Assert.Equal(DateOnly.Parse(start[..10]), days[0].Date);
        Assert.Equal(days[0].End, days[1].Start);

        // A day that began before the range is not in it; one that begins at its end neither.
        Assert.Equal(days[1].Start, MarketDay.Beginning(zone, from.AddTicks(1), days[1].Start.AddTicks(1)).Single().Start);
        Assert.Empty(MarketDay.Beginning(zone, from.AddTicks(1), days[1].Start));
    }

    [Fact]
    public void Of_WholeDay_IsTopMinusBottomWhateverTheOrder()
    {
        // 0, 10, ... 230 through the day but the dearest first: a battery could not have charged before.
        var hours = Enumerable.Range(0, 24).Select(i => Hour(i, 230 - (10 * i))).Reverse().ToArray();
        var spread = StorageDay.Of(Day, hours, 4);
        Assert.Equal((215, 15, 200, 800), (spread.TopAverage, spread.BottomAverage, spread.Value, spread.Total));
        Assert.Equal([0, 1, 2, 3], spread.Top.Select(Index));
        Assert.Equal([20, 21, 22, 23], spread.Bottom.Select(Index));
        Assert.Equal((24, 1), (spread.HoursWithPrice, spread.Coverage));
    }

    [Fact]
    public void Of_NegativePrices_ChargingIsPaidFor()
    {
        var spread = StorageDay.Of(Day, [Hour(3, -40), Hour(9, 25), Hour(10, 1)], 1);
        Assert.Equal((25, -40, 65), (spread.TopAverage, spread.BottomAverage, spread.Value));
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void Of_FewerThanTwiceTheHours_HasNoValue(int count, bool hasValue)
    {
        var spread = StorageDay.Of(Day, [.. Enumerable.Range(0, count).Select(i => Hour(i, i))], 4);
        Assert.Equal(hasValue ? 4 : null, spread.Value);
        Assert.Equal(hasValue ? 16 : null, spread.Total);
        Assert.Equal(hasValue ? 4 : 0, spread.Top.Count);
        Assert.Equal(count / 24d, spread.Coverage, 12);
    }

    [Fact]
    public void Of_ShortAndLongDay_NeedTwiceTheHoursToo()
    {
        var spring = MarketDay.Beginning(MarketZone.PJM, DateTimeOffset.Parse("2026-03-08T05:00:00Z"), DateTimeOffset.Parse("2026-03-09T00:00:00Z")).Single();
        HourPrice[] hours = [.. Enumerable.Range(0, spring.Hours).Select(i => new HourPrice(spring.Start.AddHours(i), i, 1))];
        Assert.Null(StorageDay.Of(spring, hours, 12).Value);
        Assert.Equal((12, 1), (StorageDay.Of(spring, hours, 11).Value, StorageDay.Of(spring, hours, 11).Coverage));

        var autumn = MarketDay.Beginning(MarketZone.PJM, DateTimeOffset.Parse("2026-11-01T04:00:00Z"), DateTimeOffset.Parse("2026-11-02T00:00:00Z")).Single();
        hours = [.. Enumerable.Range(0, autumn.Hours).Select(i => new HourPrice(autumn.Start.AddHours(i), i, 1))];
        Assert.Equal((13, 1), (StorageDay.Of(autumn, hours, 12).Value, StorageDay.Of(autumn, hours, 12).Coverage));
    }

    [Fact]
    public void Of_AllHoursAlike_NamesNoHourTwice()
    {
        var spread = StorageDay.Of(Day, [.. Enumerable.Range(0, 24).Select(i => Hour(i, 30))], 12);
        Assert.Equal((0, 0), (spread.Value, spread.Total));
        Assert.Equal(24, spread.Top.Concat(spread.Bottom).Select(Index).Distinct().Count());
    }

    private static HourPrice Hour(int index, double price) => new(Midnight.AddHours(index), price, 1);

    private static int Index(HourPrice hour) => (int)(hour.Start - Midnight).TotalHours;
}
