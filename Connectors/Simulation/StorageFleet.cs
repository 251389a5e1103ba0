namespace OptiBid.Connectors.Simulation;

/// <summary>The batteries of a market: they fill under the sun and empty over the evening peak.</summary>
/// <param name="Power">MW.</param>
internal sealed record StorageFleet(double Power)
{
    /// <summary>Output expected at a moment, MW; negative while they charge.</summary>
    /// <param name="hour">Hour of the day on the market's clock.</param>
    /// <param name="sun">Expected solar output as a share of what there could be.</param>
    public double At(double hour, double sun) =>
        Power * (0.5 * Curves.Bell(hour, 20, 1.7) + 0.2 * Curves.Bell(hour, 7, 1.1) - 0.6 * sun * sun);
}
