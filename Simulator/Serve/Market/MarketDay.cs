using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Market;

/// <summary>A day on a market's clock: 23, 24 or 25 hours.</summary>
internal static class MarketDay
{
    /// <summary>First instant of a day.</summary>
    public static DateTimeOffset Start(DateOnly day, TimeZoneInfo clock)
    {
        _ = WallClock.TryToUtc(day.ToDateTime(TimeOnly.MinValue), repeated: false, clock, out var start);
        return start;
    }

    /// <summary>The day an instant falls in.</summary>
    public static DateOnly Of(DateTimeOffset instant, TimeZoneInfo clock) => DateOnly.FromDateTime(WallClock.FromUtc(instant, clock).Local);

    /// <summary>The day an instant falls in on a market's clock.</summary>
    public static DateOnly Of(DateTimeOffset instant, MarketZone zone) => Of(instant, MarketClocks.Of(zone));

    /// <summary>The intervals of a day, in the order of time.</summary>
    public static IEnumerable<DateTimeOffset> Intervals(DateOnly day, TimeZoneInfo clock, TimeSpan step) =>
        Between(Start(day, clock), Start(day.AddDays(1), clock), step);

    /// <summary>Starts of the intervals from an instant, included, to another, excluded.</summary>
    public static IEnumerable<DateTimeOffset> Between(DateTimeOffset from, DateTimeOffset to, TimeSpan step)
    {
        for (var start = from.Ceiling(step); start < to; start += step) yield return start;
    }
}
