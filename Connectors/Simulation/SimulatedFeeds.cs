using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>The feeds of a simulated market.</summary>
internal static class SimulatedFeeds
{
    /// <summary>True for zones that can be simulated.</summary>
    public static bool Has(MarketZone zone) => IsUsual(zone) || zone == MarketZone.NYISO;

    /// <summary>True for zones that are simulated in development where nothing else is said.</summary>
    public static bool IsUsual(MarketZone zone) => zone is MarketZone.PJM or MarketZone.CAISO or MarketZone.ERCOT;

    /// <summary>The price series a zone publishes.</summary>
    public static IReadOnlyList<PriceType> Types(MarketZone zone) => zone == MarketZone.ERCOT
        ? [PriceType.RealTime5Min, PriceType.RealTime15Min, PriceType.DayAheadHourly]
        : [PriceType.RealTime5Min, PriceType.DayAheadHourly];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names(MarketZone zone) =>
        [.. Types(zone).Select(type => $"{zone.Name().ToLowerInvariant()}:simulated_{type.Name().ToLowerInvariant()}")];

    /// <summary>The feeds, sharing one market.</summary>
    public static IEnumerable<IMarketFeed> Create(MarketZone zone, SimulatorOptions options, TimeProvider clock)
    {
        var market = new SimulatedMarket(zone, options.Seed, options.Locations);
        return Types(zone).Select(type => new SimulatedFeed(market, type, clock));
    }
}
