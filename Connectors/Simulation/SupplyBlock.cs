namespace OptiBid.Connectors.Simulation;

/// <summary>A step of the merit order: plants of one fuel with like costs.</summary>
/// <param name="Fuel">The fuel as the market names it.</param>
/// <param name="Mw">What they can generate when all are available.</param>
/// <param name="From">Cost of the cheapest, $/MWh.</param>
/// <param name="To">Cost of the dearest, $/MWh.</param>
/// <param name="BurnsGas">Whether both costs follow the price of gas.</param>
internal readonly record struct SupplyBlock(string Fuel, double Mw, double From, double To, bool BurnsGas = false);
