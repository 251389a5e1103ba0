using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Plot;

/// <summary>What <c>plot</c> shall draw.</summary>
/// <param name="Zone">The market.</param>
/// <param name="Start">First day on the market's clock.</param>
/// <param name="Days">Number of days.</param>
/// <param name="Places">Names or ids of at most two places; none for two that differ.</param>
/// <param name="Seed">Same seed, same prices.</param>
/// <param name="Out">File.</param>
internal sealed record PlotOptions(MarketZone Zone, DateTime Start, int Days, IReadOnlyList<string> Places, int Seed, string Out)
{
    /// <summary>The places to draw when none is named: the best known one, and one on the other side of a constraint.</summary>
    public IReadOnlyList<string> PlacesOrUsual => Places.Count > 0 ? Places : Zone switch
    {
        MarketZone.PJM => ["WESTERN HUB", "N ILLINOIS HUB"],
        MarketZone.CAISO => ["TH_NP15_GEN-APND", "TH_SP15_GEN-APND"],
        MarketZone.ERCOT => ["HB_NORTH", "HB_WEST"],
        _ => ["N.Y.C.", "WEST"],
    };
}
