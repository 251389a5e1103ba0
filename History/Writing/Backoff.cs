namespace OptiBid.History.Writing;

/// <summary>Pauses between tries: doubling, and each cut by up to half at random so that silos do not try in step.</summary>
internal static class Backoff
{
    public static TimeSpan Pause(HistoryWriterOptions options, int failures) => Pause(options.RetryFrom, options.RetryTo, failures);

    public static TimeSpan Pause(TimeSpan first, TimeSpan longest, int failures)
    {
        var whole = Math.Min(longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 30)));
        return TimeSpan.FromMilliseconds(whole * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
