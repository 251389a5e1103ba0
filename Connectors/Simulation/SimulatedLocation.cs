using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>A place of a simulated market.</summary>
/// <param name="Entry">Its entry in the location directory.</param>
/// <param name="ShiftFactors">
/// For each of the market's constraints the share of a megawatt injected here, and taken out by the load as a whole,
/// that flows over it; what the place pays for congestion is minus the sum of these times the shadow prices.
/// </param>
/// <param name="LossFactor">Loss as a share of the energy price.</param>
/// <param name="Moment">When in the five minutes its price is published, as a share of them.</param>
public sealed record SimulatedLocation(MarketLocation Entry, IReadOnlyList<double> ShiftFactors, double LossFactor, double Moment)
{
    private readonly double[] _shift = ShiftFactors as double[] ?? [.. ShiftFactors];

    /// <summary>The market's id of the place.</summary>
    public string Location => Entry.Id.Location;

    /// <summary>Number of the part of the grid it lies in; places of one part share most of their congestion.</summary>
    public int Group { get; init; }

    /// <summary>Id of the listed load zone it lies in; null where the market lists none there.</summary>
    public string? LoadZone { get; init; }

    /// <summary>What moves this node's price and no other's; a hub or zone averages it away.</summary>
    internal AutoregressiveSeries? Local { get; init; }

    /// <summary>What the place pays for congestion at given shadow prices, $/MWh.</summary>
    internal double Congestion(double[] shadowPrices)
    {
        var sum = 0.0;
        for (var k = 0; k < shadowPrices.Length; k++) sum -= _shift[k] * shadowPrices[k];
        return sum;
    }
}
