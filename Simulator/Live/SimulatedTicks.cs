using OptiBid.Connectors.Simulation;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Live;

/// <summary>The five-minute prices of several simulated markets in the order of their publication, without end.</summary>
internal static class SimulatedTicks
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Prices of the intervals from the one that holds <paramref name="start"/> on.</summary>
    public static IEnumerable<PriceTick> From(LiveOptions options, DateTimeOffset start)
    {
        (SimulatedMarket Market, SimulatedLocation Place)[] places =
        [
            .. options.Zones
                .Select(zone => new SimulatedMarket(zone, options.Seed, options.Locations))
                .SelectMany(market => market.Locations.Select(place => (market, place)))
                .OrderBy(entry => entry.place.Moment),
        ];
        for (var time = new DateTimeOffset(start.UtcTicks - start.UtcTicks % Interval.Ticks, TimeSpan.Zero); ; time += Interval)
        {
            foreach (var (market, place) in places) yield return market.Price(place, PriceType.RealTime5Min, time);
        }
    }
}
