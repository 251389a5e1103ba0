using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Faults;

/// <summary>A fault that is or was in force.</summary>
/// <param name="Id">Its number, from 1.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="From">When it began.</param>
/// <param name="Until">When it ends by itself.</param>
internal sealed record Fault(int Id, FaultRequest Request, DateTimeOffset From, DateTimeOffset Until)
{
    private long _calls;

    /// <summary>When it was taken back; the end of time where it was not.</summary>
    public DateTimeOffset TakenBackAt { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>What goes wrong.</summary>
    public FaultKind Kind => Request.Fault!.Value;

    /// <summary>End of the intervals, or calls, it strikes.</summary>
    public DateTimeOffset End => Until < TakenBackAt ? Until : TakenBackAt;

    /// <summary>Whether it strikes later publications rather than calls.</summary>
    public bool IsOfIntervals => Kind is FaultKind.Late or FaultKind.Corrected;

    /// <summary>How long it delays.</summary>
    public TimeSpan Delay => TimeSpan.FromSeconds(Request.Delay ?? Kind switch { FaultKind.Slow => 5, FaultKind.Late => 300, FaultKind.Corrected => 30, _ => 0 });

    /// <summary>Whether it is for a market, host and feed.</summary>
    public bool Concerns(MarketZone zone, string host, string feed) =>
        (Request.Zone is null || Request.Zone == zone)
        && (Request.Host is null || Request.Host == host)
        && (Request.Feed is null || string.Equals(Request.Feed, feed, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it is in force at a time.</summary>
    public bool IsOn(DateTimeOffset now) => now >= From && now < End;

    /// <summary>Counts a call and says whether it is struck, so that of any number of calls the share comes out exactly.</summary>
    public bool StrikesCall()
    {
        var calls = Interlocked.Increment(ref _calls);
        return Math.Floor(calls * Request.Share) > Math.Floor((calls - 1) * Request.Share);
    }
}
