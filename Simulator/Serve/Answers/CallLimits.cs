using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Answers;

/// <summary>
/// The limits on calls, where they are enforced: PJM 6 in 60 s, ERCOT's API 30 in 60 s, CAISO OASIS one in 5 s. Files are not limited.
/// </summary>
internal sealed class CallLimits(bool isEnforced)
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<MarketZone, Queue<DateTimeOffset>> _calls = [];

    /// <summary>Takes a call in; how long to wait when it came too soon, else null.</summary>
    public TimeSpan? Refuse(MarketZone zone, string host, DateTimeOffset now)
    {
        if (!isEnforced || host != HostKind.Api) return null;
        var (most, window) = zone switch
        {
            MarketZone.PJM => (6, Minute),
            MarketZone.ERCOT => (30, Minute),
            MarketZone.CAISO => (1, Apart),
            _ => (int.MaxValue, Minute),
        };
        lock (_lock)
        {
            var calls = _calls.TryGetValue(zone, out var known) ? known : _calls[zone] = new();
            while (calls.Count > 0 && now - calls.Peek() >= window) calls.Dequeue();
            if (calls.Count >= most) return calls.Peek() + window - now;
            calls.Enqueue(now);
            return null;
        }
    }
}
