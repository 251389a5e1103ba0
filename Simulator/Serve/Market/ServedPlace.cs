using OptiBid.Connectors.Simulation;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Market;

/// <summary>A place a market publishes prices of.</summary>
/// <param name="Location">The platform's id of it.</param>
/// <param name="Name">The market's name for it.</param>
/// <param name="Type">What kind of place it is.</param>
/// <param name="Model">Where its prices come from.</param>
/// <param name="IsEnergyWeighted">ERCOT: the energy-weighted twin (<c>LZEW</c>) of a load zone, which shares its name.</param>
internal sealed record ServedPlace(string Location, string Name, LocationType Type, SimulatedLocation Model, bool IsEnergyWeighted = false);
