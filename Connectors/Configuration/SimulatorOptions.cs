namespace OptiBid.Connectors.Configuration;

/// <summary>A zone's simulated market: <c>Connectors:&lt;ZONE&gt;:Simulator</c>.</summary>
public sealed class SimulatorOptions
{
    /// <summary>Number of priced locations.</summary>
    public int Locations { get; set; } = 40;

    /// <summary>Same seed, same prices.</summary>
    public int Seed { get; set; } = 1;
}
