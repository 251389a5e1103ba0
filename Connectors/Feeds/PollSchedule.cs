using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Feeds;

/// <summary>When a feed is asked: a pure function from now to the next poll, which is always later than now.</summary>
/// <param name="next">The function.</param>
public sealed class PollSchedule(Func<DateTimeOffset, DateTimeOffset> next)
{
    /// <summary>The next poll after <paramref name="now"/>, UTC.</summary>
    public DateTimeOffset Next(DateTimeOffset now) => next(now);

    /// <summary>A fixed pause after each poll.</summary>
    public static PollSchedule Pause(TimeSpan pause) => new(now => now + pause);

    /// <summary>At each multiple of the period (counted from midnight UTC) plus an offset shorter than the period.</summary>
    public static PollSchedule Every(TimeSpan period, TimeSpan offset) => new(now =>
    {
        var poll = now.Floor(period) + offset;
        return poll > now ? poll : poll + period;
    });

    /// <summary>Often within the part of the market's day in which it publishes, and seldom outside.</summary>
    /// <param name="clock">The market's clock.</param>
    /// <param name="from">Start of that part.</param>
    /// <param name="to">End of that part, on the same day.</param>
    /// <param name="often">The schedule within.</param>
    /// <param name="seldom">The schedule outside.</param>
    public static PollSchedule Around(TimeZoneInfo clock, TimeOnly from, TimeOnly to, PollSchedule often, PollSchedule seldom) => new(now =>
    {
        var local = WallClock.FromUtc(now, clock).Local;
        var time = TimeOnly.FromDateTime(local);
        if (time >= from && time < to) return often.Next(now);

        var opening = local.Date.AddDays(time < from ? 0 : 1) + from.ToTimeSpan();
        return WallClock.TryToUtc(opening, repeated: false, clock, out var opens) && opens > now
            ? Instants.Earlier(opens, seldom.Next(now))
            : seldom.Next(now);
    });
}
