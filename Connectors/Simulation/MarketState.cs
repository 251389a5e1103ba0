namespace OptiBid.Connectors.Simulation;

/// <summary>What all places of a simulated market share in one five-minute interval.</summary>
/// <param name="Step">Number of the interval since the Unix epoch.</param>
/// <param name="Energy">System energy price, $/MWh.</param>
/// <param name="Congestion">Price of each group's constraint, $/MWh; zero while it does not bind.</param>
/// <param name="Renewables">Share of renewables, percent.</param>
/// <param name="Load">Load forecast, MW.</param>
internal sealed record MarketState(long Step, double Energy, double[] Congestion, double Renewables, double Load);
