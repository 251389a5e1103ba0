using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Feeds;

/// <summary>Which interval starts are believed at all.</summary>
public static class TimeLimits
{
    /// <summary>No market's prices begin before this; earlier times are sentinels and slips.</summary>
    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// How far ahead of the clock an interval may start: an hour for real-time prices, three days for day-ahead ones. Grains
    /// refuse what is further ahead (<c>Markets:RealTimeHorizon</c>, <c>Markets:DayAheadHorizon</c>, where left out), so it is
    /// not even published.
    /// </summary>
    public static TimeSpan Ahead(PriceType type) => type.IsDayAhead() ? TimeSpan.FromHours(72) : TimeSpan.FromHours(1);
}
