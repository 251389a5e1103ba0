using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>How one simulated market sets and publishes its prices, $/MWh.</summary>
internal sealed record MarketProfile
{
    /// <summary>Lowest price the market allows.</summary>
    public required double Floor { get; init; }

    /// <summary>Highest price the market allows.</summary>
    public required double Cap { get; init; }

    /// <summary>Decimals the market publishes.</summary>
    public required int Decimals { get; init; }

    /// <summary>Whether the market publishes energy, congestion and loss.</summary>
    public bool HasComponents { get; init; } = true;

    /// <summary>Standard deviation of the energy price around the merit order when that stands at 30 $/MWh.</summary>
    public required double Volatility { get; init; }

    /// <summary>Standard deviation of what moves one node's price and no other's.</summary>
    public required double LocalNoise { get; init; }

    /// <summary>What buyers pay for certainty: the day-ahead price's share above the expected one.</summary>
    public required double DayAheadPremium { get; init; }

    /// <summary>Its price jumps.</summary>
    public required JumpProfile Jumps { get; init; }

    /// <summary>Its scarcity pricing.</summary>
    public required ScarcityCurve Scarcity { get; init; }

    /// <summary>The zone's profile.</summary>
    public static MarketProfile Of(MarketZone zone) => zone switch
    {
        MarketZone.PJM => new()
        {
            Floor = -1000, Cap = 3700, Decimals = 6, Volatility = 3, LocalNoise = 0.4, DayAheadPremium = 0.02,
            Jumps = new(PerDay: 0.6, Size: 70), Scarcity = new(Minimum: 3_000, Deviation: 1_300, Planned: 8_500),
        },
        MarketZone.CAISO => new()
        {
            Floor = -150, Cap = 2000, Decimals = 5, Volatility = 3.5, LocalNoise = 0.5, DayAheadPremium = 0.03,
            Jumps = new(PerDay: 0.7, Size: 90), Scarcity = new(Minimum: 1_200, Deviation: 650, Planned: 4_200),
        },
        MarketZone.ERCOT => new()
        {
            Floor = -251, Cap = 5000, Decimals = 2, HasComponents = false, Volatility = 3.5, LocalNoise = 0.6, DayAheadPremium = 0.04,
            Jumps = new(PerDay: 0.8, Size: 100), Scarcity = new(Minimum: 2_200, Deviation: 1_500, Planned: 8_500),
        },
        MarketZone.NYISO => new()
        {
            Floor = -1000, Cap = 2000, Decimals = 2, Volatility = 3.5, LocalNoise = 0.4, DayAheadPremium = 0.02,
            Jumps = new(PerDay: 0.8, Size: 80), Scarcity = new(Minimum: 900, Deviation: 380, Planned: 2_600),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(zone), zone, "There is no simulated market for this zone"),
    };
}
