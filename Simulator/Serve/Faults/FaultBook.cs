using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Faults;

/// <summary>All faults there have been, in the order they were asked for.</summary>
internal sealed class FaultBook(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private volatile Fault[] _all = [];

    /// <summary>All of them, ended ones too: what they did to publications stays.</summary>
    public IReadOnlyList<Fault> All => _all;

    /// <summary>Those in force.</summary>
    public IEnumerable<Fault> InForce()
    {
        var now = clock.GetUtcNow();
        return _all.Where(fault => fault.IsOn(now));
    }

    /// <summary>Puts a fault in force.</summary>
    public Fault Add(FaultRequest request)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var fault = new Fault(_all.Length + 1, request, now, request.Seconds is { } seconds ? now.AddSeconds(seconds) : DateTimeOffset.MaxValue);
            _all = [.. _all, fault];
            return fault;
        }
    }

    /// <summary>Takes faults back.</summary>
    /// <param name="which">Which of those in force.</param>
    /// <returns>How many.</returns>
    public int TakeBack(Func<Fault, bool> which)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var ended = 0;
            _all = [.. _all.Select(fault =>
            {
                // What is late or to be corrected outlasts the time in which the fault strikes.
                if (fault.TakenBackAt != DateTimeOffset.MaxValue || (!fault.IsOfIntervals && !fault.IsOn(now)) || !which(fault)) return fault;
                ended++;
                return fault with { TakenBackAt = now };
            })];
            return ended;
        }
    }

    /// <summary>The faults that strike a call made now.</summary>
    public IReadOnlyList<Fault> Strike(MarketZone zone, string host, string feed) =>
        [.. InForce().Where(fault => !fault.IsOfIntervals && fault.Concerns(zone, host, feed) && fault.StrikesCall())];
}
