namespace OptiBid.Connectors.Simulation;

/// <summary>
/// What the lack of reserves adds to the energy price, after ERCOT's operating reserve demand curve: the probability
/// that what is left will not do, times what lost load is worth. MW and $/MWh.
/// </summary>
/// <param name="Minimum">Reserves at which the market is at its cap.</param>
/// <param name="Deviation">Standard deviation of what can still go wrong within the hour.</param>
/// <param name="Planned">Reserves a system operator brings online the day before when it can.</param>
internal sealed record ScarcityCurve(double Minimum, double Deviation, double Planned)
{
    /// <summary>Reserves online.</summary>
    /// <param name="slack">Capacity available above the net load expected the day before.</param>
    /// <param name="surprise">Net load beyond what was expected.</param>
    public double Reserves(double slack, double surprise)
    {
        // Of what is not needed most stays off: it could not start in time for a surprise.
        var online = slack < Planned ? slack : Planned + 0.3 * (slack - Planned);
        return online - surprise;
    }

    /// <summary>The adder.</summary>
    /// <param name="reserves">Reserves online.</param>
    /// <param name="energy">Price of the merit order.</param>
    /// <param name="cap">The market's cap, what lost load is worth.</param>
    public double Adder(double reserves, double energy, double cap) => LossOfLoad(reserves) * Math.Max(0, cap - energy);

    /// <summary>Probability of losing load: certain at the minimum, then the upper tail of a normal distribution.</summary>
    private double LossOfLoad(double reserves)
    {
        var above = (reserves - Minimum) / Deviation;
        // The logistic function at 1.702 x is the normal distribution's within 0.01.
        return above <= 0 ? 1 : above > 8 ? 0 : Curves.Logistic(-1.702 * above);
    }
}
