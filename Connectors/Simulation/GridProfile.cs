using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>Load and supply of one market, in the order of magnitude of the middle of the 2020s.</summary>
internal sealed record GridProfile
{
    /// <summary>Its load.</summary>
    public required LoadModel Load { get; init; }

    /// <summary>Its wind farms.</summary>
    public required WindFleet Wind { get; init; }

    /// <summary>Its solar farms.</summary>
    public required SolarFleet Solar { get; init; }

    /// <summary>Its batteries.</summary>
    public required StorageFleet Storage { get; init; }

    /// <summary>The rest of its plants in merit order.</summary>
    public required SupplyStack Stack { get; init; }

    /// <summary>Fuels as the market names them, in the market's order.</summary>
    public required string[] Fuels { get; init; }

    /// <summary>The fuel wind is counted as.</summary>
    public string WindFuel { get; init; } = "Wind";

    /// <summary>The fuel solar output is counted as.</summary>
    public string SolarFuel { get; init; } = "Solar";

    /// <summary>The fuel batteries are counted as.</summary>
    public required string StorageFuel { get; init; }

    /// <summary>Fuels counted as renewable beside wind and sun.</summary>
    public required string[] Renewables { get; init; }

    /// <summary>How much dearer gas is in midwinter (natural logarithm).</summary>
    public double WinterGas { get; init; }

    /// <summary>Renewable generation that runs whatever the price, MW.</summary>
    public double RenewableMustRunMw => Stack.MustRun.Where(unit => Renewables.Contains(unit.Fuel)).Sum(unit => unit.Mw);

    /// <summary>The zone's profile.</summary>
    public static GridProfile Of(MarketZone zone) => zone switch
    {
        MarketZone.PJM => PjmGrid.Profile,
        MarketZone.CAISO => CaisoGrid.Profile,
        MarketZone.ERCOT => ErcotGrid.Profile,
        MarketZone.NYISO => NyisoGrid.Profile,
        _ => throw new ArgumentOutOfRangeException(nameof(zone), zone, "There is no simulated market for this zone"),
    };
}
