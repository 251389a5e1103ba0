namespace OptiBid.Connectors.Simulation;

/// <summary>Shadow prices of a market's constraints, $/MWh.</summary>
internal sealed class CongestionModel
{
    private const double Known = 0.8;
    private const double News = 0.6;

    private readonly TransmissionConstraint[] _constraints;
    private readonly GridProfile _profile;
    private readonly InterpolatedSeries[] _known;
    private readonly InterpolatedSeries[] _news;

    public CongestionModel(TransmissionConstraint[] constraints, GridProfile profile, ulong seed)
    {
        _constraints = constraints;
        _profile = profile;
        // Outages and schedules are known the day before and last; what loops and trips is not, and passes.
        _known = [.. constraints.Select((_, k) => new InterpolatedSeries(Noise.Key(seed, 100 + (ulong)k), 60, halfLife: 10))];
        _news = [.. constraints.Select((_, k) => new InterpolatedSeries(Noise.Key(seed, 200 + (ulong)k), 10, halfLife: 4))];
    }

    /// <summary>As they turn out.</summary>
    public double[] TurnsOut(GridState state)
    {
        var prices = new double[_constraints.Length];
        for (var k = 0; k < prices.Length; k++)
            prices[k] = _constraints[k].ShadowPrice(Flow(k, state.Step, state.Load, state.Wind, state.Solar) + News * _news[k].At(state.Step));
        return prices;
    }

    /// <summary>As the day before expects them.</summary>
    public double[] Expected(GridState state, (double Z, double Weight)[] expectation)
    {
        var prices = new double[_constraints.Length];
        for (var k = 0; k < prices.Length; k++)
        {
            var flow = Flow(k, state.Step, state.LoadForecast, state.WindForecast, state.SolarForecast);
            foreach (var (z, weight) in expectation) prices[k] += weight * _constraints[k].ShadowPrice(flow + News * z);
        }

        return prices;
    }

    private double Flow(int k, long step, double load, double wind, double solar) =>
        _constraints[k].Flow(load / _profile.Load.Base, wind / _profile.Wind.Capacity, solar / _profile.Solar.Capacity) + Known * _known[k].At(step);
}
