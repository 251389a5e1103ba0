using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Log;

/// <summary>How closely a market was called.</summary>
/// <param name="Zone">The market.</param>
/// <param name="Host">Kind of host; null for all of the market's together.</param>
/// <param name="Calls">Calls in all.</param>
/// <param name="SmallestDistanceSeconds">Least time between two calls; null with fewer than two.</param>
/// <param name="MostCallsIn60Seconds">Most calls in any 60 seconds.</param>
/// <param name="Refused">Calls answered with 429.</param>
internal sealed record CallSummary(MarketZone Zone, string? Host, int Calls, double? SmallestDistanceSeconds, [property: System.Text.Json.Serialization.JsonPropertyName("most_calls_in_60_seconds")] int MostCallsIn60Seconds, int Refused)
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    /// <summary>Summaries of a log: each market, then each of its hosts.</summary>
    public static IEnumerable<CallSummary> Of(IEnumerable<LoggedCall> calls)
    {
        foreach (var zone in calls.GroupBy(call => call.Zone).OrderBy(group => group.Key))
        {
            yield return One(zone.Key, null, [.. zone]);
            foreach (var host in zone.GroupBy(call => call.Host).OrderBy(group => group.Key)) yield return One(zone.Key, host.Key, [.. host]);
        }
    }

    private static CallSummary One(MarketZone zone, string? host, LoggedCall[] calls)
    {
        DateTimeOffset[] times = [.. calls.Select(call => call.Time).Order()];
        double? smallest = null;
        var most = 0;
        for (int i = 0, first = 0; i < times.Length; i++)
        {
            if (i > 0) smallest = Math.Min(smallest ?? double.MaxValue, (times[i] - times[i - 1]).TotalSeconds);
            while (times[i] - times[first] >= Minute) first++;
            most = Math.Max(most, i - first + 1);
        }

        return new(zone, host, calls.Length, smallest is { } seconds ? Math.Round(seconds, 3) : null, most, calls.Count(call => call.Status == 429));
    }
}
