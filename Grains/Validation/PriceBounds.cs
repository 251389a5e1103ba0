using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Validation;

/// <summary>Prices a market can show, $/MWh, both ends included.</summary>
/// <param name="Floor">Lowest price.</param>
/// <param name="Cap">Highest price.</param>
public readonly record struct PriceBounds(double Floor, double Cap)
{
    /// <summary>
    /// The bounds of a market unless configuration says otherwise. ERCOT's are its offer floor and system-wide
    /// offer cap (−$251, $5,000). Elsewhere congestion can carry a node's price well past the offer cap, so the
    /// bounds only part the possible from the absurd.
    /// </summary>
    public static PriceBounds Default(MarketZone zone) => zone switch
    {
        MarketZone.ERCOT => new(-251, 5_000),
        MarketZone.PJM => new(-4_000, 8_000),
        MarketZone.CAISO => new(-3_000, 5_000),
        _ => new(-5_000, 10_000),
    };
}
