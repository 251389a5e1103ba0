using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>
/// A simulated market's energy price and shadow prices: as they turn out in five minutes, and as the day-ahead market
/// expects them for an hour. Each is computed from its number alone.
/// </summary>
internal sealed class MarketDrivers
{
    // An expectation over a normal error, from five of its values (Gauss and Hermite's, with their weights).
    private static readonly (double Z, double Weight)[] Expectation =
        [(-2.856970, 0.011257), (-1.355626, 0.222076), (0, 0.533333), (1.355626, 0.222076), (2.856970, 0.011257)];

    private readonly MarketProfile _profile;
    private readonly GridProfile _supply;
    private readonly Grid _grid;
    private readonly CongestionModel _congestion;
    private readonly Jumps _jumps;
    private readonly InterpolatedSeries _slow;
    private readonly AutoregressiveSeries _fast;
    private readonly StateCache _realTime;
    private readonly StateCache _dayAhead;

    public MarketDrivers(MarketZone zone, MarketProfile profile, Grid grid, ulong seed)
    {
        _profile = profile;
        _supply = GridProfile.Of(zone);
        _grid = grid;
        _congestion = new CongestionModel(MarketNetwork.Of(zone).Constraints, _supply, seed);
        _jumps = new Jumps(profile.Jumps, seed);
        _slow = new InterpolatedSeries(Noise.Key(seed, 1), 15, halfLife: 5);
        _fast = new AutoregressiveSeries(Noise.Key(seed, 2), halfLife: 2);
        _realTime = new StateCache(TurnsOut);
        _dayAhead = new StateCache(Expected);
    }

    /// <summary>The market as it turns out in a five-minute step.</summary>
    public MarketState RealTime(long step) => _realTime.At(step);

    /// <summary>The market as the day before expects it for an hour, counted from the Unix epoch.</summary>
    public MarketState DayAhead(long hour) => _dayAhead.At(hour);

    private MarketState TurnsOut(long step)
    {
        var state = _grid.At(step);
        var stack = Price(state, state.NetLoad - state.NetLoadForecast);
        var noise = 0.8 * _slow.At(step) + 0.6 * _fast.At(step);
        var energy = stack + _profile.Volatility * Math.Clamp(Math.Abs(stack) / 30, 0.5, 2.5) * noise + _jumps.At(step, state.Moment.Hour);
        return new MarketState(step, Bounded(energy), _congestion.TurnsOut(state), Math.Round(_grid.Renewables(state), 1), Math.Round(state.LoadForecast));
    }

    private MarketState Expected(long hour)
    {
        double energy = 0, renewables = 0, load = 0;
        double[]? shadow = null;
        // Four moments stand for the hour.
        foreach (var step in (ReadOnlySpan<long>)[hour * 12 + 1, hour * 12 + 4, hour * 12 + 7, hour * 12 + 10])
        {
            var state = _grid.At(step);
            var deviation = _grid.NetLoadDeviation(state);
            foreach (var (z, weight) in Expectation) energy += weight / 4 * Price(state, z * deviation);
            energy += _jumps.Expected(state.Moment.Hour) / 4;
            var prices = _congestion.Expected(state, Expectation);
            shadow ??= new double[prices.Length];
            for (var k = 0; k < shadow.Length; k++) shadow[k] += prices[k] / 4;
            renewables += _grid.RenewablesForecast(state) / 4;
            load += state.LoadForecast / 4;
        }

        return new MarketState(hour, Bounded(energy + _profile.DayAheadPremium * Math.Abs(energy)), shadow!, Math.Round(renewables, 1), Math.Round(load));
    }

    /// <summary>Merit order and scarcity at a net load that is so much more than was expected, $/MWh.</summary>
    private double Price(GridState state, double surprise)
    {
        var stack = _supply.Stack;
        var netLoad = state.NetLoadForecast + surprise;
        var energy = stack.Price(netLoad, state.WindForecast + state.SolarForecast, state.Available, state.Gas);
        var reserves = _profile.Scarcity.Reserves(stack.Capacity(state.Available) - state.NetLoadForecast, surprise);
        return energy + _profile.Scarcity.Adder(reserves, energy, _profile.Cap);
    }

    private double Bounded(double energy) => Math.Round(Math.Clamp(energy, _profile.Floor, _profile.Cap), 2) + 0.0;
}
