namespace OptiBid.Connectors.Simulation;

/// <summary>Load and generation of a simulated market in one five-minute interval, MW.</summary>
public sealed record MarketConditions
{
    /// <summary>Start of the interval, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Load.</summary>
    public required double LoadMw { get; init; }

    /// <summary>Load as it was expected the day before.</summary>
    public required double LoadForecastMw { get; init; }

    /// <summary>
    /// Generation by fuel, named as the market names it; together the load. Storage that charges and a region that
    /// exports are negative.
    /// </summary>
    public required IReadOnlyDictionary<string, double> GenerationMw { get; init; }

    /// <summary>Wind output as it was expected the day before.</summary>
    public required double WindForecastMw { get; init; }

    /// <summary>Solar output as it was expected the day before.</summary>
    public required double SolarForecastMw { get; init; }

    /// <summary>Share of renewable sources in the generation, percent (0 to 100).</summary>
    public required double RenewablePercentage { get; init; }
}
