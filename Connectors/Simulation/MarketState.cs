namespace OptiBid.Connectors.Simulation;

/// <summary>What all places of a simulated market share in one interval.</summary>
/// <param name="Step">Number of the interval since the Unix epoch.</param>
/// <param name="Energy">System energy price, $/MWh, to the cent.</param>
/// <param name="ShadowPrices">Shadow price of each constraint, $/MWh; zero while it does not bind.</param>
/// <param name="Renewables">Share of renewables, percent, to a tenth.</param>
/// <param name="LoadForecast">Load as expected the day before, MW.</param>
internal sealed record MarketState(long Step, double Energy, double[] ShadowPrices, double Renewables, double LoadForecast);
