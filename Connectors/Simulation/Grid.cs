namespace OptiBid.Connectors.Simulation;

/// <summary>Load, wind and sun of a market as they turn out and as they were expected the day before.</summary>
internal sealed class Grid
{
    private readonly GridProfile _profile;
    private readonly MarketCalendar _calendar;
    private readonly double _renewableMustRun;
    private readonly InterpolatedSeries _weather;
    private readonly InterpolatedSeries _wind;
    private readonly InterpolatedSeries _clouds;
    private readonly InterpolatedSeries _loadError;
    private readonly InterpolatedSeries _windError;
    private readonly InterpolatedSeries _cloudError;
    private readonly InterpolatedSeries _gas;
    private readonly InterpolatedSeries _outages;

    public Grid(GridProfile profile, MarketCalendar calendar, ulong seed)
    {
        _profile = profile;
        _calendar = calendar;
        _renewableMustRun = profile.RenewableMustRunMw;
        _weather = new(Noise.Key(seed, 21), 360, 7);
        _wind = new(Noise.Key(seed, 22), 120, 8);
        _clouds = new(Noise.Key(seed, 23), 180, 5);
        _loadError = new(Noise.Key(seed, 24), 60, 5);
        _windError = new(Noise.Key(seed, 25), 60, 4);
        _cloudError = new(Noise.Key(seed, 26), 30, 2);
        _gas = new(Noise.Key(seed, 27), 1440, 15);
        _outages = new(Noise.Key(seed, 28), 1440, 5);
    }

    /// <summary>The grid in a five-minute interval.</summary>
    public GridState At(long step)
    {
        var instant = SimulatedMarket.StartOf(step);
        var moment = _calendar.At(instant);
        var (load, wind, solar) = (_profile.Load, _profile.Wind, _profile.Solar);

        var expectedLoad = load.At(moment, _weather.At(step));
        // What is not known the day before has mean 0, so the part that is known is the expectation.
        var (windKnown, cloudKnown) = (Math.Sqrt(1 - wind.ForecastError) * _wind.At(step), Math.Sqrt(1 - solar.ForecastError) * _clouds.At(step));
        var (windNews, cloudNews) = (Math.Sqrt(wind.ForecastError) * _windError.At(step), Math.Sqrt(solar.ForecastError) * _cloudError.At(step));
        var expectedSolar = solar.At(instant, moment.Year, cloudKnown);

        // Plants are serviced when load is least: in spring and autumn.
        var outage = 0.09 - 0.045 * Curves.Cos(2 * (moment.Year - 0.54)) + 0.02 * _outages.At(step);
        return new GridState
        {
            Step = step,
            Moment = moment,
            Load = expectedLoad * (1 + load.ForecastError * _loadError.At(step)),
            LoadForecast = expectedLoad,
            Wind = wind.At(moment, windKnown + windNews),
            WindForecast = wind.At(moment, windKnown),
            Solar = solar.At(instant, moment.Year, cloudKnown + cloudNews),
            SolarForecast = expectedSolar,
            Storage = _profile.Storage.At(moment.Hour, expectedSolar / solar.Capacity),
            Available = 1 - Math.Clamp(outage, 0.02, 0.25),
            Gas = Curves.Exp(0.22 * _gas.At(step) + _profile.WinterGas * (Curves.Cos(moment.Year - 0.06) - 0.3)),
        };
    }

    /// <summary>Generation by fuel, together the load, MW.</summary>
    public Dictionary<string, double> Generation(GridState state)
    {
        var stack = _profile.Stack;
        var generation = _profile.Fuels.ToDictionary(fuel => fuel, _ => 0.0);
        // What nobody can use is curtailed, from wind and sun alike.
        var used = Math.Clamp((state.Load - state.Storage - stack.MustRunMw) / Math.Max(1, state.Wind + state.Solar), 0, 1);
        generation[_profile.WindFuel] += used * state.Wind;
        generation[_profile.SolarFuel] += used * state.Solar;
        generation[_profile.StorageFuel] += state.Storage;
        stack.Dispatch(Math.Max(stack.MustRunMw, state.NetLoad), state.Available, generation);
        return generation;
    }

    /// <summary>Standard deviation of what net load turns out to be around its forecast, MW.</summary>
    public double NetLoadDeviation(GridState state)
    {
        var load = _profile.Load.ForecastError * state.LoadForecast;
        var factor = state.WindForecast / _profile.Wind.Capacity;
        // Slopes of the output curves at the forecast.
        var wind = 1.1 * factor * (1 - factor) * _profile.Wind.Capacity * Math.Sqrt(_profile.Wind.ForecastError);
        var sun = 0.3 * _profile.Solar.Clouds * state.SolarForecast * Math.Sqrt(_profile.Solar.ForecastError);
        return Math.Sqrt(load * load + wind * wind + sun * sun);
    }

    /// <summary>Share of renewable sources in the generation, percent.</summary>
    public double Renewables(GridState state) => Share(state.Load, state.Wind + state.Solar, state.Storage);

    /// <summary>The same as expected the day before.</summary>
    public double RenewablesForecast(GridState state) => Share(state.LoadForecast, state.WindForecast + state.SolarForecast, state.Storage);

    private double Share(double load, double windAndSun, double storage)
    {
        var used = Math.Clamp(load - storage - _profile.Stack.MustRunMw, 0, windAndSun);
        return Math.Clamp(100 * (used + _renewableMustRun) / Math.Max(1, load - Math.Min(0, storage)), 0, 100);
    }
}
