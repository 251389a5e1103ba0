using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Time;

/// <summary>When a market's day-ahead results count as published.</summary>
public static class DayAheadPublication
{
    /// <summary>
    /// 13:00 market-local time of the day before the delivery day. Day-ahead payloads do not say when they
    /// were published; the markets post within an hour of this. Being a function of the interval alone, it makes a
    /// re-read row the same record as before.
    /// </summary>
    public static DateTimeOffset Of(DateTimeOffset intervalStart, MarketZone zone)
    {
        var clock = MarketClocks.Of(zone);
        var delivery = WallClock.FromUtc(intervalStart, clock).Local.Date;
        // 13:00 is neither skipped nor repeated on any day.
        _ = WallClock.TryToUtc(delivery.AddDays(-1).AddHours(13), repeated: false, clock, out var published);
        return published;
    }
}
