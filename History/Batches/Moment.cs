namespace OptiBid.History.Batches;

/// <summary>
/// Times as the stores keep them: UTC, to the microsecond. What is below is cut off before anything is compared,
/// or a value read back would differ from itself.
/// </summary>
internal static class Moment
{
    /// <summary>The time in UTC, cut to the microsecond.</summary>
    public static DateTimeOffset Cut(DateTimeOffset time) => new(CutTicks(time), TimeSpan.Zero);

    /// <summary>The same as 100 ns ticks since year 1.</summary>
    public static long CutTicks(DateTimeOffset time) => time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond);
}
