using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>What makes one simulated market differ from another. Prices in $/MWh, load in MW.</summary>
internal sealed record MarketProfile
{
    /// <summary>Average price around which the day swings.</summary>
    public required double Base { get; init; }

    /// <summary>Price added at the height of the morning peak.</summary>
    public required double Morning { get; init; }

    /// <summary>Price added at the height of the evening peak.</summary>
    public required double Evening { get; init; }

    /// <summary>Price taken off under a clear noon sky.</summary>
    public required double Solar { get; init; }

    /// <summary>Standard deviation of the market-wide price around its shape.</summary>
    public required double Volatility { get; init; }

    /// <summary>Standard deviation of a group's congestion for a place that feels it whole.</summary>
    public required double Congestion { get; init; }

    /// <summary>Price spikes a day on average.</summary>
    public required double SpikesPerDay { get; init; }

    /// <summary>Typical height of a spike; one in fifty is ten times that.</summary>
    public required double SpikeSize { get; init; }

    /// <summary>Lowest price the market allows.</summary>
    public required double Floor { get; init; }

    /// <summary>Highest price the market allows.</summary>
    public required double Cap { get; init; }

    /// <summary>Decimals the market publishes.</summary>
    public required int Decimals { get; init; }

    /// <summary>Whether the market publishes energy, congestion and loss.</summary>
    public required bool HasComponents { get; init; }

    /// <summary>Average load.</summary>
    public required double Load { get; init; }

    /// <summary>Share of renewables at night, percent.</summary>
    public required double RenewablesAtNight { get; init; }

    /// <summary>Percentage points that the sun adds at noon.</summary>
    public required double RenewablesFromSun { get; init; }

    /// <summary>The zone's profile.</summary>
    public static MarketProfile Of(MarketZone zone) => zone switch
    {
        MarketZone.PJM => new()
        {
            Base = 30, Morning = 9, Evening = 16, Solar = 9, Volatility = 3.5, Congestion = 4, SpikesPerDay = 0.6, SpikeSize = 70,
            Floor = -4000, Cap = 8000, Decimals = 6, HasComponents = true, Load = 92_000, RenewablesAtNight = 5, RenewablesFromSun = 9,
        },
        MarketZone.CAISO => new()
        {
            Base = 38, Morning = 12, Evening = 34, Solar = 46, Volatility = 4.5, Congestion = 6, SpikesPerDay = 0.9, SpikeSize = 120,
            Floor = -3000, Cap = 5000, Decimals = 5, HasComponents = true, Load = 25_500, RenewablesAtNight = 14, RenewablesFromSun = 55,
        },
        MarketZone.ERCOT => new()
        {
            Base = 27, Morning = 5, Evening = 26, Solar = 24, Volatility = 6, Congestion = 9, SpikesPerDay = 1.2, SpikeSize = 220,
            Floor = -251, Cap = 5000, Decimals = 2, HasComponents = false, Load = 52_000, RenewablesAtNight = 27, RenewablesFromSun = 24,
        },
        MarketZone.NYISO => new()
        {
            Base = 33, Morning = 8, Evening = 15, Solar = 4, Volatility = 4.5, Congestion = 7, SpikesPerDay = 0.8, SpikeSize = 90,
            Floor = -1000, Cap = 2000, Decimals = 2, HasComponents = true, Load = 17_000, RenewablesAtNight = 24, RenewablesFromSun = 3,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(zone), zone, "There is no simulated market for this zone"),
    };
}
