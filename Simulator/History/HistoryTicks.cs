using OptiBid.Connectors.Simulation;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.History;

/// <summary>The prices of a range, computed as they are asked for: by time, then market, price type and place.</summary>
internal sealed class HistoryTicks(HistoryOptions options)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly SimulatedMarket[] _markets = [.. options.Zones.Select(zone => new SimulatedMarket(zone, options.Seed, options.Locations))];

    /// <summary>How many there are.</summary>
    public long Count => options.Types.Sum(type =>
    {
        var interval = TimeSpan.FromMinutes(type.IntervalMinutes());
        return (options.To.Ceiling(interval) - options.From.Ceiling(interval)).Ticks / interval.Ticks * options.Locations * options.Zones.Count;
    });

    /// <summary>The prices of the intervals that start in the range.</summary>
    public IEnumerable<PriceTick> Read()
    {
        for (var time = options.From.Ceiling(Step); time < options.To; time += Step)
        {
            foreach (var market in _markets)
            {
                foreach (var type in options.Types)
                {
                    if (time.Minute % type.IntervalMinutes() != 0) continue;
                    foreach (var place in market.Locations) yield return market.Price(place, type, time) with { Revision = 1 };
                }
            }
        }
    }
}
