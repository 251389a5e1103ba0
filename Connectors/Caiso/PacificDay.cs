using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso;

/// <summary>Trade dates: days of the market's wall clock, 23 to 25 hours long.</summary>
internal static class PacificDay
{
    /// <summary>The trade date an instant lies in.</summary>
    public static DateOnly Of(DateTimeOffset instant) => DateOnly.FromDateTime(WallClock.FromUtc(instant, MarketClocks.Pacific).Local);

    /// <summary>Its midnight, UTC.</summary>
    public static DateTimeOffset Start(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The midnight before an instant, UTC.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset instant) => Start(Of(instant));

    /// <summary>A time of day that is neither skipped nor repeated on any day, UTC.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        _ = WallClock.TryToUtc(day.ToDateTime(time), repeated: false, MarketClocks.Pacific, out var instant);
        return instant;
    }

    /// <summary>Every trade date that has a part in a range.</summary>
    public static IEnumerable<DateOnly> Within(DateTimeOffset from, DateTimeOffset to)
    {
        for (var day = Of(from); Start(day) < to; day = day.AddDays(1)) yield return day;
    }
}
