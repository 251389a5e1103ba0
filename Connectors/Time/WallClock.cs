namespace OptiBid.Connectors.Time;

/// <summary>Conversion between a market's wall clock and UTC, with the hour that occurs twice told apart.</summary>
public static class WallClock
{
    /// <summary>Reads a wall-clock time.</summary>
    /// <param name="local">What the clock shows; its kind is ignored.</param>
    /// <param name="repeated">True for the second time the clock shows it (standard time, on the autumn day).</param>
    /// <param name="zone">The clock.</param>
    /// <param name="utc">The instant, offset zero.</param>
    /// <returns>False for a time the clock never shows (spring), a repeat it does not make, and the years 1 and 9999.</returns>
    public static bool TryToUtc(DateTime local, bool repeated, TimeZoneInfo zone, out DateTimeOffset utc)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        utc = default;
        // At either end of what a time can be there is no room for an offset.
        if (local.Year is 1 or 9999) return false;
        if (zone.IsInvalidTime(local)) return false;

        var ambiguous = zone.IsAmbiguousTime(local);
        if (repeated && !ambiguous) return false;

        var offset = ambiguous
            ? Pick(zone.GetAmbiguousTimeOffsets(local), repeated)
            : zone.GetUtcOffset(local);
        utc = new DateTimeOffset(local, offset).ToUniversalTime();
        return true;
    }

    /// <summary>What the clock shows at an instant, and whether it shows it for the second time.</summary>
    public static (DateTime Local, bool Repeated) FromUtc(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var shown = TimeZoneInfo.ConvertTime(instant, zone);
        var repeated = zone.IsAmbiguousTime(shown.DateTime)
            && shown.Offset == Pick(zone.GetAmbiguousTimeOffsets(shown.DateTime), repeated: true);
        return (shown.DateTime, repeated);
    }

    /// <summary>The clock runs daylight time (the greater offset) first and standard time after.</summary>
    private static TimeSpan Pick(TimeSpan[] offsets, bool repeated) => repeated ? offsets.Min() : offsets.Max();
}
