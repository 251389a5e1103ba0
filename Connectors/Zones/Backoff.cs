namespace OptiBid.Connectors.Zones;

/// <summary>Pauses between attempts at something that fails.</summary>
internal static class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>One second after the first failure, then twice as long each time up to a minute, less up to a quarter so that many do not come back at once.</summary>
    /// <param name="failures">Failures in a row, 1 or more.</param>
    /// <param name="jitter">0 to 1.</param>
    public static TimeSpan After(int failures, double jitter)
    {
        var pause = Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(failures, 30) - 1));
        return TimeSpan.FromSeconds(pause * (1 - 0.25 * jitter));
    }
}
