namespace OptiBid.Connectors.Simulation;

/// <summary>Price jumps of a market: a unit trips, a ramp falls short.</summary>
/// <param name="PerDay">How many on average.</param>
/// <param name="Size">Their typical height, $/MWh; one in fifty is ten times that.</param>
internal sealed record JumpProfile(double PerDay, double Size);
