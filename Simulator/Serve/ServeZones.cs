using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve;

/// <summary>The markets that can be served.</summary>
internal static class ServeZones
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<MarketZone> All { get; } = [MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT, MarketZone.NYISO];
}
