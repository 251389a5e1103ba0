using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>
/// A market that is not there: prices of any of its places in any interval, each computed from seed, place
/// and interval alone. A restart, or another process with the same seed, goes on with the same series.
/// </summary>
/// <remarks>
/// Energy price = merit order of net load, scarcity adder, mean-reverting noise and jumps; congestion = shadow prices of a
/// handful of constraints times the place's shift factors; loss = a factor of the energy price; day-ahead = what is
/// expected of the real-time price the day before, and a small premium. The model is told in docs/simulation.md.
/// </remarks>
public sealed class SimulatedMarket
{
    private static readonly TimeSpan StepLength = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SettlementDelay = TimeSpan.FromSeconds(30);

    private readonly MarketProfile _profile;
    private readonly MarketDrivers _drivers;
    private readonly Grid _grid;
    private readonly string _source;

    /// <summary>Creates a market.</summary>
    /// <param name="zone">PJM, CAISO, ERCOT or NYISO.</param>
    /// <param name="seed">Same seed, same prices.</param>
    /// <param name="locations">Number of places.</param>
    public SimulatedMarket(MarketZone zone, int seed, int locations)
    {
        Zone = zone;
        var key = Noise.Key((ulong)seed, (ulong)zone);
        _profile = MarketProfile.Of(zone);
        _grid = new Grid(GridProfile.Of(zone), new MarketCalendar(zone), key);
        _drivers = new MarketDrivers(zone, _profile, _grid, key);
        _source = zone.Name().ToLowerInvariant() + ":simulated_";
        Locations = SimulatedLocations.Create(zone, key, locations);
    }

    /// <summary>The market.</summary>
    public MarketZone Zone { get; }

    /// <summary>Its places: hubs, zones, then nodes.</summary>
    public IReadOnlyList<SimulatedLocation> Locations { get; }

    /// <summary>Lowest and highest price the market allows, $/MWh.</summary>
    public (double Floor, double Cap) Bounds => (_profile.Floor, _profile.Cap);

    /// <summary>Source of the market's ticks of a type, such as <c>pjm:simulated_real_time_5_min</c>.</summary>
    public string Source(PriceType type) => _source + type.Name().ToLowerInvariant();

    /// <summary>The price of a place in the interval that starts at or before an instant.</summary>
    public PriceTick Price(SimulatedLocation place, PriceType type, DateTimeOffset instant)
    {
        var minutes = type.IntervalMinutes();
        var start = instant.Floor(TimeSpan.FromMinutes(minutes));
        var step = StepOf(start);
        var state = type.IsDayAhead() ? _drivers.DayAhead(step / 12) : _drivers.RealTime(step);
        var (price, congestion, loss) = type.IsDayAhead() ? Components(place, state, 0) : Average(place, step, minutes / 5);
        return new PriceTick
        {
            Timestamp = start,
            MarketZone = Zone,
            PriceType = type,
            Location = place.Location,
            IntervalMinutes = minutes,
            Price = price,
            // The energy part takes what the market's bounds cut off.
            EnergyCost = _profile.HasComponents ? Rounded(price - congestion - loss) : null,
            CongestionCost = _profile.HasComponents ? congestion : null,
            LossCost = _profile.HasComponents ? loss : null,
            RenewablePercentage = state.Renewables,
            LoadForecast = state.LoadForecast,
            PublishedAt = PublishedAt(place, type, start),
            Source = Source(type),
        };
    }

    /// <summary>Load and generation in the five-minute interval that starts at or before an instant, MW.</summary>
    public MarketConditions Conditions(DateTimeOffset instant)
    {
        var state = _grid.At(StepOf(instant.Floor(StepLength)));
        return new MarketConditions
        {
            Start = StartOf(state.Step),
            LoadMw = state.Load,
            LoadForecastMw = state.LoadForecast,
            GenerationMw = _grid.Generation(state),
            WindForecastMw = state.WindForecast,
            SolarForecastMw = state.SolarForecast,
            RenewablePercentage = _grid.Renewables(state),
        };
    }

    /// <summary>
    /// When a price is published: a five-minute one within its interval, at the place's own moment; a settled one
    /// within two minutes after its end; a day-ahead one the day before.
    /// </summary>
    public DateTimeOffset PublishedAt(SimulatedLocation place, PriceType type, DateTimeOffset start) => type switch
    {
        PriceType.RealTime5Min => start + TimeSpan.FromSeconds(1 + Math.Floor(place.Moment * 298)),
        PriceType.DayAheadHourly => DayAheadPublication.Of(start, Zone),
        _ => start.AddMinutes(type.IntervalMinutes()) + SettlementDelay + TimeSpan.FromSeconds(Math.Floor(place.Moment * 90)),
    };

    /// <summary>Start of a five-minute interval.</summary>
    internal static DateTimeOffset StartOf(long step) => DateTimeOffset.UnixEpoch + StepLength * step;

    private static long StepOf(DateTimeOffset start) => (start - DateTimeOffset.UnixEpoch).Ticks / StepLength.Ticks;

    /// <summary>The mean of the five-minute prices from a step on, and of their parts, as published.</summary>
    private (double Price, double Congestion, double Loss) Average(SimulatedLocation place, long step, int steps)
    {
        double price = 0, congestion = 0, loss = 0;
        for (var i = 0; i < steps; i++)
        {
            var local = place.Local is { } series ? _profile.LocalNoise * series.At(step + i) : 0;
            var (p, c, l) = Components(place, _drivers.RealTime(step + i), local);
            (price, congestion, loss) = (price + p, congestion + c, loss + l);
        }

        return steps == 1 ? (price, congestion, loss) : (Rounded(price / steps), Rounded(congestion / steps), Rounded(loss / steps));
    }

    /// <summary>Price, congestion and loss of one interval as published.</summary>
    private (double Price, double Congestion, double Loss) Components(SimulatedLocation place, MarketState state, double local)
    {
        var congestion = Rounded(place.Congestion(state.ShadowPrices) + local);
        var loss = Rounded(state.Energy * place.LossFactor);
        return (Rounded(Math.Clamp(state.Energy + congestion + loss, _profile.Floor, _profile.Cap)), congestion, loss);
    }

    /// <summary>As many decimals as the market publishes; adding zero turns -0 into 0.</summary>
    private double Rounded(double value) => Math.Round(value, _profile.Decimals) + 0.0;
}
