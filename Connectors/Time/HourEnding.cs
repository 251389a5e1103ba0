namespace OptiBid.Connectors.Time;

/// <summary>
/// An hour of a market day named by its end, as ERCOT does: 1 is the hour from midnight to 01:00, 24 the
/// one to midnight. In autumn one label stands twice, in spring one is left out.
/// </summary>
/// <param name="Day">Delivery day.</param>
/// <param name="Hour">1 to 24.</param>
/// <param name="Repeated">True for the second of the two equal labels.</param>
public readonly record struct HourEnding(DateOnly Day, int Hour, bool Repeated)
{
    /// <summary>Start of the hour, UTC. False when the day has no such hour.</summary>
    public bool TryToUtc(TimeZoneInfo zone, out DateTimeOffset start)
    {
        start = default;
        return Hour is >= 1 and <= 24
            && WallClock.TryToUtc(Day.ToDateTime(new TimeOnly(Hour - 1, 0)), Repeated, zone, out start);
    }

    /// <summary>The label of the hour an instant falls in.</summary>
    public static HourEnding FromUtc(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var (local, repeated) = WallClock.FromUtc(instant, zone);
        return new HourEnding(DateOnly.FromDateTime(local), local.Hour + 1, repeated);
    }
}
