using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>The regular part of a simulated market: hour of the day, day of the week and season on its own clock.</summary>
internal sealed class MarketShape(MarketZone zone, MarketProfile profile, ulong seed)
{
    private readonly TimeZoneInfo _clock = MarketClocks.Of(zone);
    private readonly ulong _sky = Noise.Key(seed, 11);

    /// <summary>What is expected at an instant.</summary>
    public Expectation At(DateTimeOffset instant)
    {
        var local = WallClock.FromUtc(instant, _clock).Local;
        var hour = local.TimeOfDay.TotalHours;
        var isWeekend = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var work = isWeekend ? 0.7 : 1.0;
        // +1 at midsummer, -1 at midwinter.
        var summer = Math.Cos((local.DayOfYear - 172) * 2 * Math.PI / 365.25);
        var sky = 0.55 + 0.45 * Noise.Uniform(_sky, DateOnly.FromDateTime(local).DayNumber);
        var sun = Sun(hour, summer) * sky * (0.85 + 0.15 * summer);

        var price = profile.Base * (1 + 0.12 * summer * summer)
            + profile.Morning * work * Bell(hour, 7.5, 1.4)
            + profile.Evening * work * Bell(hour, 18.9, 1.9)
            - profile.Base * 0.25 * Bell(hour, 3.5, 2.5)
            - profile.Solar * sun;
        var load = profile.Load * (isWeekend ? 0.93 : 1.0)
            * (1 + 0.1 * summer * summer + 0.13 * Bell(hour, 18.5, 3) + 0.05 * Bell(hour, 8.5, 2) - 0.13 * Bell(hour, 3.5, 3));
        var renewables = profile.RenewablesAtNight + profile.RenewablesFromSun * sun;
        return new Expectation(price, load, renewables, Bell(hour, 18.9, 1.9));
    }

    private static double Bell(double hour, double centre, double width)
    {
        var distance = (hour - centre) / width;
        return Math.Exp(-distance * distance / 2);
    }

    /// <summary>Height of the sun as a share of noon: 9½ hours of light in midwinter, 14½ in midsummer.</summary>
    private static double Sun(double hour, double summer)
    {
        var fromNoon = Math.Abs(hour - 12.6) / (12 + 2.5 * summer);
        return fromNoon >= 0.5 ? 0 : Math.Pow(Math.Cos(fromNoon * Math.PI), 0.8);
    }

    /// <summary>What is expected of a market at an instant.</summary>
    /// <param name="Price">Energy price, $/MWh.</param>
    /// <param name="Load">Load, MW.</param>
    /// <param name="Renewables">Share of renewables, percent.</param>
    /// <param name="Stress">0 to 1: how near the evening ramp it is, when spikes are likeliest.</param>
    internal readonly record struct Expectation(double Price, double Load, double Renewables, double Stress);
}
