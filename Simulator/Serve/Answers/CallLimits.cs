using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Answers;

/// <summary>Enforces limits on calls. Files are not limited, except NYISO's, which has nothing else.</summary>
/// <param name="limits">The limits in force; of several of a market the last counts.</param>
internal sealed class CallLimits(IEnumerable<CallLimit> limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MarketZone, CallLimit> _limits = limits.GroupBy(limit => limit.Zone).ToDictionary(group => group.Key, group => group.Last());
    private readonly Dictionary<MarketZone, Queue<DateTimeOffset>> _calls = [];

    /// <summary>Takes a call in; how long to wait when it came too soon, else null.</summary>
    public TimeSpan? Refuse(MarketZone zone, string host, DateTimeOffset now)
    {
        if ((host != HostKind.Api && zone != MarketZone.NYISO) || !_limits.TryGetValue(zone, out var limit)) return null;
        lock (_lock)
        {
            var calls = _calls.TryGetValue(zone, out var known) ? known : _calls[zone] = new();
            while (calls.Count > 0 && now - calls.Peek() >= limit.Window) calls.Dequeue();
            if (calls.Count >= limit.Calls) return calls.Peek() + limit.Window - now;
            calls.Enqueue(now);
            return null;
        }
    }
}
