using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>
/// The random part of a simulated market and the states that come of it. A state is computed from its
/// number alone; the last few hundred are kept, because every place of the market asks for the same one.
/// </summary>
internal sealed class MarketDrivers
{
    private const int Kept = 512;
    private const int SpikeSteps = 10;
    private const double SpikeDecay = 0.62;

    private readonly MarketProfile _profile;
    private readonly MarketShape _shape;
    private readonly AutoregressiveSeries _slow;
    private readonly AutoregressiveSeries _fast;
    private readonly AutoregressiveSeries _wind;
    private readonly AutoregressiveSeries[] _groups;
    private readonly ulong _spikeKey;
    private readonly ulong _sizeKey;
    private readonly MarketState?[] _states = new MarketState?[Kept];
    private readonly MarketState?[] _forecasts = new MarketState?[Kept];

    public MarketDrivers(MarketZone zone, MarketProfile profile, ulong seed)
    {
        _profile = profile;
        _shape = new MarketShape(zone, profile, seed);
        _slow = new AutoregressiveSeries(Noise.Key(seed, 1), halfLife: 24);
        _fast = new AutoregressiveSeries(Noise.Key(seed, 2), halfLife: 2);
        _wind = new AutoregressiveSeries(Noise.Key(seed, 3), halfLife: 48);
        _groups = [.. Enumerable.Range(0, SimulatedLocations.Groups).Select(group => new AutoregressiveSeries(Noise.Key(seed, 100 + (ulong)group), halfLife: 9))];
        _spikeKey = Noise.Key(seed, 4);
        _sizeKey = Noise.Key(seed, 5);
    }

    /// <summary>The market as it turns out.</summary>
    public MarketState At(long step) => Keep(_states, step, isForecast: false);

    /// <summary>The market as expected the day before: no spikes, half of what is not yet known.</summary>
    public MarketState Forecast(long step) => Keep(_forecasts, step, isForecast: true);

    private MarketState Keep(MarketState?[] kept, long step, bool isForecast)
    {
        ref var slot = ref kept[(int)(step & (Kept - 1))];
        // Two threads may compute the same state; they come to the same result.
        var state = Volatile.Read(ref slot);
        if (state?.Step == step) return state;

        state = Compute(step, isForecast);
        Volatile.Write(ref slot, state);
        return state;
    }

    private MarketState Compute(long step, bool isForecast)
    {
        var expected = _shape.At(SimulatedMarket.StartOf(step));
        var slow = _slow.At(step);
        var noise = isForecast ? 0.5 * slow + 0.06 : 0.85 * slow + 0.5 * _fast.At(step);
        var energy = expected.Price + _profile.Volatility * noise + (isForecast ? 0 : Spike(step, expected.Stress));
        var wind = _wind.At(step);
        return new MarketState(
            step,
            energy,
            [.. _groups.Select(group => Binding(group.At(step)) * (isForecast ? 0.8 : 1.0))],
            Math.Clamp(expected.Renewables * (1 + 0.22 * wind), 0, 100),
            expected.Load * (1 + 0.012 * slow));
    }

    /// <summary>A constraint binds about a third of the time and costs the more the deeper it does.</summary>
    private double Binding(double series) => _profile.Congestion * 1.6 * Math.Max(0, series - 0.4);

    private double Spike(long step, double stress)
    {
        var height = 0.0;
        var strength = 1.0;
        var chance = _profile.SpikesPerDay / 288 * (0.6 + 3 * stress);
        for (var lag = 0; lag < SpikeSteps; lag++, strength *= SpikeDecay)
        {
            if (Noise.Uniform(_spikeKey, step - lag) >= chance) continue;
            var size = _profile.SpikeSize * Math.Exp(0.6 * Noise.Normal(_sizeKey, step - lag));
            height += strength * size * (Noise.Uniform(_sizeKey, step - lag) < 0.02 ? 10 : 1);
        }

        return height;
    }
}
