namespace OptiBid.Connectors.Time;

/// <summary>A quarter of an hour-ending hour, as ERCOT numbers its settlement intervals.</summary>
/// <param name="Hour">The hour it lies in.</param>
/// <param name="Quarter">1 to 4.</param>
public readonly record struct QuarterHour(HourEnding Hour, int Quarter)
{
    /// <summary>Length of the interval.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>Start of the interval, UTC. False when the day has no such interval.</summary>
    public bool TryToUtc(TimeZoneInfo zone, out DateTimeOffset start)
    {
        if (Quarter is < 1 or > 4 || !Hour.TryToUtc(zone, out start))
        {
            start = default;
            return false;
        }

        start += Length * (Quarter - 1);
        return true;
    }

    /// <summary>The label of the interval an instant falls in.</summary>
    public static QuarterHour FromUtc(DateTimeOffset instant, TimeZoneInfo zone) =>
        new(HourEnding.FromUtc(instant, zone), WallClock.FromUtc(instant, zone).Local.Minute / 15 + 1);
}
