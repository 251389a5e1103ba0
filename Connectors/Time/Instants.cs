namespace OptiBid.Connectors.Time;

/// <summary>Rounding of instants to multiples of a step counted from midnight UTC.</summary>
public static class Instants
{
    /// <summary>The last multiple at or before the instant.</summary>
    public static DateTimeOffset Floor(this DateTimeOffset instant, TimeSpan step) =>
        new(instant.UtcTicks - instant.UtcTicks % step.Ticks, TimeSpan.Zero);

    /// <summary>The first multiple at or after the instant.</summary>
    public static DateTimeOffset Ceiling(this DateTimeOffset instant, TimeSpan step) =>
        new DateTimeOffset(instant.UtcTicks + step.Ticks - 1, TimeSpan.Zero).Floor(step);

    /// <summary>The nearest multiple, the later of two equally near.</summary>
    public static DateTimeOffset Round(this DateTimeOffset instant, TimeSpan step) =>
        new DateTimeOffset(instant.UtcTicks + step.Ticks / 2, TimeSpan.Zero).Floor(step);

    /// <summary>The later of two instants.</summary>
    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one >= other ? one : other;

    /// <summary>The earlier of two instants.</summary>
    public static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one <= other ? one : other;
}
