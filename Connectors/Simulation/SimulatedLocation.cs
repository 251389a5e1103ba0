using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>A place of a simulated market.</summary>
/// <param name="Entry">Its entry in the location directory.</param>
/// <param name="Group">Places of one group share congestion.</param>
/// <param name="Sensitivity">How much of the group's congestion the place feels; 0 for none.</param>
/// <param name="LossFactor">Loss as a share of the energy price.</param>
/// <param name="Moment">When in the five minutes its price is published, as a share of them.</param>
public sealed record SimulatedLocation(MarketLocation Entry, int Group, double Sensitivity, double LossFactor, double Moment)
{
    /// <summary>The market's id of the place.</summary>
    public string Location => Entry.Id.Location;
}
