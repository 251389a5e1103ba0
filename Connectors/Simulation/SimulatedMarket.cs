using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>
/// A market that is not there: prices of any of its places in any interval, each computed from seed, place
/// and interval alone. A restart, or another process with the same seed, goes on with the same series.
/// </summary>
/// <remarks>
/// Energy price = daily, weekly and seasonal shape on the market's clock, less what the sun brings, plus a
/// mean-reverting part (half-lives of two hours and ten minutes) and spikes that come most likely on the evening ramp
/// and decay within the hour. Congestion = the price of one of six constraints times the place's
/// sensitivity; loss = a factor of the energy price. Day-ahead = what is expected the day before.
/// </remarks>
public sealed class SimulatedMarket
{
    private static readonly TimeSpan StepLength = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SettlementDelay = TimeSpan.FromSeconds(30);

    private readonly MarketProfile _profile;
    private readonly MarketDrivers _drivers;
    private readonly Grid _grid;
    private readonly string _source;
    private readonly Dictionary<string, AutoregressiveSeries> _local = new(StringComparer.Ordinal);

    /// <summary>Creates a market.</summary>
    /// <param name="zone">PJM, CAISO, ERCOT or NYISO.</param>
    /// <param name="seed">Same seed, same prices.</param>
    /// <param name="locations">Number of places.</param>
    public SimulatedMarket(MarketZone zone, int seed, int locations)
    {
        Zone = zone;
        var key = Noise.Key((ulong)seed, (ulong)zone);
        _profile = MarketProfile.Of(zone);
        _drivers = new MarketDrivers(zone, _profile, key);
        _grid = new Grid(GridProfile.Of(zone), new MarketCalendar(zone), key);
        _source = zone.Name().ToLowerInvariant() + ":simulated_";
        Locations = SimulatedLocations.Create(zone, key, locations);
        foreach (var place in Locations)
            _local[place.Location] = new AutoregressiveSeries(Noise.Key(key, Noise.Key(place.Location + "/local")), halfLife: 4);
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
        var (energy, congestion, loss) = Components(place, type, StepOf(start), minutes / 5);
        var price = Rounded(Math.Clamp(energy + congestion + loss, _profile.Floor, _profile.Cap));
        var state = type.IsDayAhead() ? _drivers.Forecast(StepOf(start)) : _drivers.At(StepOf(start));
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
            RenewablePercentage = Math.Round(state.Renewables, 1),
            LoadForecast = Math.Round(state.Load),
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

    /// <summary>Components over a number of five-minute steps, averaged and rounded as published.</summary>
    private (double Energy, double Congestion, double Loss) Components(SimulatedLocation place, PriceType type, long step, int steps)
    {
        double energy = 0, congestion = 0;
        for (var i = 0; i < steps; i++)
        {
            var state = type.IsDayAhead() ? _drivers.Forecast(step + i) : _drivers.At(step + i);
            energy += state.Energy / steps;
            congestion += state.Congestion[place.Group] * place.Sensitivity / steps;
            if (!type.IsDayAhead()) congestion += _local[place.Location].At(step + i) * 0.12 * _profile.Volatility * Math.Abs(place.Sensitivity) / steps;
        }

        return (Math.Round(energy, 2), Rounded(congestion), Rounded(energy * place.LossFactor));
    }

    /// <summary>As many decimals as the market publishes; adding zero turns -0 into 0.</summary>
    private double Rounded(double value) => Math.Round(value, _profile.Decimals) + 0.0;
}
