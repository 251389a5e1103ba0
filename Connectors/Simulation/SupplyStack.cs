namespace OptiBid.Connectors.Simulation;

/// <summary>
/// Supply of a market in merit order: what runs whatever the price, then blocks from cheap to dear, against net load
/// (load − wind − solar − storage). Where net load is less than what must run, wind and solar set the price below zero.
/// </summary>
internal sealed class SupplyStack
{
    private readonly double _dispatchable;

    public SupplyStack((string Fuel, double Mw)[] mustRun, SupplyBlock[] blocks, double curtailmentOffer)
    {
        MustRun = mustRun;
        Blocks = blocks;
        CurtailmentOffer = curtailmentOffer;
        MustRunMw = mustRun.Sum(unit => unit.Mw);
        _dispatchable = blocks.Sum(block => block.Mw);
    }

    /// <summary>Generation that runs whatever the price, MW by fuel.</summary>
    public (string Fuel, double Mw)[] MustRun { get; }

    /// <summary>The rest, cheapest first.</summary>
    public SupplyBlock[] Blocks { get; }

    /// <summary>What the last wind and solar farms pay to go on generating (a production tax credit, a contract), $/MWh.</summary>
    public double CurtailmentOffer { get; }

    /// <summary>All that must run.</summary>
    public double MustRunMw { get; }

    /// <summary>What can be generated beside wind, sun and storage, MW.</summary>
    /// <param name="available">Share of the blocks that is not out of service.</param>
    public double Capacity(double available) => MustRunMw + available * _dispatchable;

    /// <summary>Cost of the next MWh, $/MWh.</summary>
    /// <param name="netLoad">Load − wind − solar − storage, MW.</param>
    /// <param name="renewables">Wind and solar output to be had, MW.</param>
    /// <param name="available">Share of the blocks that is not out of service.</param>
    /// <param name="gas">Price of gas as a share of its usual price.</param>
    public double Price(double netLoad, double renewables, double available, double gas)
    {
        var left = netLoad - MustRunMw;
        if (left <= 0)
        {
            // A few farms have nothing to lose and stop at zero, the last at the whole of the offer.
            var curtailed = -left / Math.Max(1, renewables);
            return -CurtailmentOffer * curtailed / (curtailed + 0.12);
        }

        var reached = 0.0;
        foreach (var block in Blocks)
        {
            var fuel = block.BurnsGas ? gas : 1;
            var size = block.Mw * available;
            var from = Math.Max(reached, block.From * fuel);
            var to = Math.Max(from, block.To * fuel);
            if (left <= size) return from + (to - from) * left / size;
            left -= size;
            reached = to;
        }

        return reached;
    }

    /// <summary>Adds each fuel's part of a net load; what no block can serve falls to the last (emergency supply).</summary>
    public void Dispatch(double netLoad, double available, Dictionary<string, double> generation)
    {
        foreach (var (fuel, mw) in MustRun) generation[fuel] += mw;
        var left = Math.Max(0, netLoad - MustRunMw);
        for (var i = 0; i < Blocks.Length; i++)
        {
            var part = i == Blocks.Length - 1 ? left : Math.Min(left, Blocks[i].Mw * available);
            generation[Blocks[i].Fuel] += part;
            left -= part;
        }
    }
}
