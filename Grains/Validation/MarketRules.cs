using System.Globalization;
using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;

namespace OptiBid.Grains.Validation;

/// <summary>The rules every tick must keep, whichever way it came.</summary>
internal sealed class MarketRules(IOptions<MarketRulesOptions> options, TimeProvider clock)
{
    /// <summary>Markets' nominal times of publication may lie a little ahead; nothing lies a day ahead.</summary>
    private static readonly TimeSpan PublicationSlack = TimeSpan.FromDays(1);

    private readonly PriceBounds[] _bounds = [.. MarketZones.All.Select(options.Value.For)];
    private readonly MarketRulesOptions _options = options.Value;

    /// <summary>Refuses a tick that breaks a rule.</summary>
    /// <exception cref="PriceFormatException">Names the field, the value and the rule.</exception>
    public void Check(in PriceTick tick)
    {
        var bounds = _bounds[(int)tick.MarketZone - 1];
        // Written so that NaN fails too.
        if (!(tick.Price >= bounds.Floor && tick.Price <= bounds.Cap))
            throw Broken("price", $"{tick.Price} $/MWh is outside {tick.MarketZone}'s bounds of {bounds.Floor} to {bounds.Cap}");

        Finite(tick.EnergyCost, "energy_cost");
        Finite(tick.CongestionCost, "congestion_cost");
        Finite(tick.LossCost, "loss_cost");
        Finite(tick.Volume, "volume");
        Finite(tick.LoadForecast, "load_forecast");
        if (tick.RenewablePercentage is { } share && !(share >= 0 && share <= 100))
            throw Broken("renewable_percentage", $"{share} is not between 0 and 100");

        if (tick.IntervalMinutes != tick.PriceType.IntervalMinutes())
            throw Broken("interval_minutes", $"{tick.IntervalMinutes} does not fit {tick.PriceType.Name()}");

        // Otherwise each tick of a producer that sends its own clock's time would be an interval of its own.
        if (tick.Timestamp.UtcTicks % (tick.IntervalMinutes * TimeSpan.TicksPerMinute) != 0)
            throw Broken("timestamp", $"{tick.Timestamp:O} is not the start of an interval; {tick.PriceType.Name()} has one every {tick.IntervalMinutes} minutes from the full hour (UTC)");

        var horizon = tick.PriceType.IsDayAhead() ? _options.DayAheadHorizon : _options.RealTimeHorizon;
        var now = clock.GetUtcNow();
        if (tick.Timestamp > now + horizon)
            throw Broken("timestamp", $"{tick.Timestamp:O} is more than {horizon} ahead of the clock ({now:O})");

        // What is published later replaces what was published before, so a date no correction can follow would stay for ever.
        if (tick.PublishedAt > now + horizon + PublicationSlack)
            throw Broken("published_at", $"{tick.PublishedAt:O} is more than {horizon + PublicationSlack} ahead of the clock ({now:O})");
    }

    private static void Finite(double? value, string field)
    {
        if (value is { } number && !double.IsFinite(number)) throw Broken(field, $"{number} is not a finite number");
    }

    private static PriceFormatException Broken(string field, FormattableString message) =>
        new(field, message.ToString(CultureInfo.InvariantCulture));
}
