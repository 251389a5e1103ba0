using FsCheck;
using FsCheck.Xunit;
using OptiBid.History.Buckets;

namespace OptiBid.History.Tests.Buckets;

public sealed class BucketCalendarTests
{
    private static readonly TimeZoneInfo Eastern = MarketClocks.Eastern;

    /// <summary>New York, 2026: at 07:00 UTC on 8 March 02:00 becomes 03:00; at 06:00 UTC on 1 November 02:00 becomes 01:00.</summary>
    private static readonly DateTimeOffset SpringMidnight = new(2026, 3, 8, 5, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset FallMidnight = new(2026, 11, 1, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1h", 23, 25)]
    [InlineData("5m", 276, 300)]
    [InlineData("30m", 46, 50)]
    [InlineData("1d", 1, 1)]
    [InlineData("24h", 1, 1)]
    public void Starts_OfTheDaysOfTheChange_AreAsManyAsTheyHaveHoursFor(string length, int spring, int fall)
    {
        var calendar = Calendar(length);
        Assert.Equal(spring, calendar.Starts(SpringMidnight, SpringMidnight.AddHours(23)).Count());
        Assert.Equal(fall, calendar.Starts(FallMidnight, FallMidnight.AddHours(25)).Count());
        Assert.Equal(SpringMidnight.AddHours(23), calendar.Next(SpringMidnight.AddHours(23).AddTicks(-1)));
    }

    [Theory]
    [InlineData("6h", new double[] { 0, 5, 11, 17, 23 }, new double[] { 0, 7, 13, 19, 25 })]
    [InlineData("2h", new double[] { 0, 2, 3, 5 }, new double[] { 0, 3, 5, 7 })]
    [InlineData("3h", new double[] { 0, 2, 5, 8 }, new double[] { 0, 4, 7, 10 })]
    [InlineData("90m", new double[] { 0, 1.5, 2, 3.5 }, new double[] { 0, 1.5, 2.5, 4 })]
    [InlineData("50m", new double[] { 0, 50 / 60.0, 100 / 60.0, 2, 140 / 60.0 }, new double[] { 0, 50 / 60.0, 100 / 60.0, 160 / 60.0, 210 / 60.0 })]
    [InlineData("20h", new double[] { 0, 19, 23 }, new double[] { 0, 21, 25 })]
    public void Starts_AboutTheChange_AreWhereTheClockShowsWholeLengthsOrLeapsOverOne(string length, double[] spring, double[] fall)
    {
        var calendar = Calendar(length);
        Assert.Equal(spring, calendar.Starts(SpringMidnight, SpringMidnight.AddDays(2)).Take(spring.Length).Select(start => (start - SpringMidnight).TotalHours));
        Assert.Equal(fall, calendar.Starts(FallMidnight, FallMidnight.AddDays(2)).Take(fall.Length).Select(start => (start - FallMidnight).TotalHours));
    }

    [Fact]
    public void StartOf_DaysWeeksAndMonths_AreCountedFromTheFirstMondayOf2001()
    {
        var friday = new DateTimeOffset(2026, 11, 27, 18, 30, 0, TimeSpan.Zero);
        Assert.Equal(Utc(2026, 11, 27, 5), Calendar("1d").StartOf(friday));
        Assert.Equal(Utc(2026, 11, 23, 5), Calendar("1w").StartOf(friday));
        Assert.Equal(Utc(2026, 11, 30, 5), Calendar("1w").Next(friday));
        Assert.Equal(Utc(2026, 11, 16, 5), Calendar("2w").StartOf(friday));
        Assert.Equal(Utc(2026, 11, 1, 4), Calendar("1mo").StartOf(friday));
        Assert.Equal(Utc(2026, 10, 1, 4), Calendar("3mo").StartOf(friday));
        Assert.Equal(Utc(2027, 1, 1, 5), Calendar("3mo").Next(friday));
        Assert.Equal(Utc(2026, 9, 1, 4), Calendar("7mo").StartOf(friday));
        Assert.Equal(Utc(2000, 12, 25, 5), Calendar("1w").StartOf(Utc(2001, 1, 1, 4)));
        Assert.Equal(Utc(2000, 8, 1, 4), Calendar("5mo").StartOf(Utc(2001, 1, 1, 4)));
    }

    [Fact]
    public void Create_NoSuchLengthOrClock_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new BucketCalendar(Eastern, default));
        Assert.Throws<ArgumentException>(() => new BucketCalendar(Eastern, new(1441, BucketUnit.Minute)));
        Assert.Throws<ArgumentException>(() => new BucketCalendar(Eastern, new(1, (BucketUnit)9)));
        Assert.Throws<ArgumentException>(() => new BucketCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"), new(60, BucketUnit.Minute)));
    }

    /// <summary>Every length of minutes, and every clock, over both days of a year's change, against a walk minute by minute.</summary>
    [Property(MaxTest = 100, StartSize = 3_000, EndSize = 3_000)]
    public void Starts_OverADayOfTheChange_AreThoseOfAWalkMinuteByMinute(byte clock, byte year, bool fall, ushort length, byte unit)
    {
        var zone = MarketClocks.All[clock % MarketClocks.All.Count];
        var every = Length(length, unit);
        var from = new DateTimeOffset(2007 + (year % 60), fall ? 11 : 3, fall ? 1 : 8, 12, 0, 0, TimeSpan.Zero);
        while (from.DayOfWeek != DayOfWeek.Saturday) from = from.AddDays(1);
        var until = from.AddHours(28);

        Assert.Equal(Walk(zone, every, from, until), new BucketCalendar(zone, every).Starts(from, until));
    }

    [Property(MaxTest = 1_000, StartSize = 60_000, EndSize = 60_000)]
    public void Buckets_AboutAnyInstant_FollowOneUponAnother(byte clock, ushort length, byte unit, int seconds)
    {
        var calendar = new BucketCalendar(MarketClocks.All[clock % MarketClocks.All.Count], Length(length, unit));
        var about = (seconds & 1) == 0 ? SpringMidnight : FallMidnight;
        var instant = about.AddHours(2).AddSeconds(seconds % 20_000);

        var (start, next) = (calendar.StartOf(instant), calendar.Next(instant));
        Assert.True(start <= instant && instant < next);
        Assert.Equal(start, calendar.StartOf(start));
        Assert.Equal(start, calendar.StartOf(next.AddTicks(-1)));
        Assert.Equal(next, calendar.Next(start));
        Assert.Equal(next, calendar.StartOf(next));
        Assert.Equal([start, next], calendar.Starts(start, calendar.Next(next)));
        Assert.Equal(TimeSpan.Zero, start.Offset);
    }

    private static BucketLength Length(int length, int unit) => (unit % 8) switch
    {
        0 => new((length % 366) + 1, BucketUnit.Day),
        1 => new((length % 12) + 1, BucketUnit.Month),
        2 or 3 => new(((length % 24) + 1) * 60, BucketUnit.Minute),
        4 => new((int[])[1, 5, 10, 15, 20, 30, 60, 90, 120, 360, 720, 1440] is var usual ? usual[length % usual.Length] : 0, BucketUnit.Minute),
        _ => new((length % 1440) + 1, BucketUnit.Minute),
    };

    private static List<DateTimeOffset> Walk(TimeZoneInfo zone, BucketLength every, DateTimeOffset from, DateTimeOffset until)
    {
        var starts = new List<DateTimeOffset>();
        var before = TimeZoneInfo.ConvertTime(from.AddMinutes(-1), zone).DateTime;
        for (var instant = from; instant < until; instant = instant.AddMinutes(1))
        {
            var shown = TimeZoneInfo.ConvertTime(instant, zone).DateTime;

            // What the clock leaps over counts as shown at the leap.
            var leapt = shown > before ? (int)(shown - before).TotalMinutes - 1 : 0;
            if (Enumerable.Range(0, leapt + 1).Any(minutes => IsWhole(shown.AddMinutes(-minutes), every))) starts.Add(instant);
            before = shown;
        }

        return starts;
    }

    private static bool IsWhole(DateTime shown, BucketLength every) => every.Unit switch
    {
        BucketUnit.Minute => (int)shown.TimeOfDay.TotalMinutes % every.Count == 0,
        BucketUnit.Day => shown.TimeOfDay == TimeSpan.Zero && (shown - new DateTime(2001, 1, 1)).Days % every.Count == 0,
        _ => shown.TimeOfDay == TimeSpan.Zero && shown.Day == 1 && (((shown.Year - 2001) * 12) + shown.Month - 1) % every.Count == 0,
    };

    private static BucketCalendar Calendar(string length) =>
        new(Eastern, BucketLength.TryParse(length, out var every) ? every : throw new ArgumentException(length, nameof(length)));

    private static DateTimeOffset Utc(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);
}
