namespace OptiBid.Simulator.Live;

/// <summary>Says how long the next price has to wait: for its time to come, and for the rate.</summary>
/// <param name="rate">Prices a second at the most; null for no limit.</param>
/// <param name="clock">The time.</param>
internal sealed class Pace(double? rate, TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();
    private long _sent;

    /// <summary>Takes the next price in; zero when it may go at once.</summary>
    public TimeSpan Next(DateTimeOffset publishedAt)
    {
        var untilPublished = publishedAt - clock.GetUtcNow();
        var untilAllowed = rate is { } perSecond ? TimeSpan.FromSeconds(_sent / perSecond) - clock.GetElapsedTime(_started) : TimeSpan.Zero;
        _sent++;
        var wait = untilPublished > untilAllowed ? untilPublished : untilAllowed;
        // A wait shorter than a timer's tick would only slow a high rate down; the next one makes up for it.
        return wait > TimeSpan.FromMilliseconds(2) ? wait : TimeSpan.Zero;
    }
}
