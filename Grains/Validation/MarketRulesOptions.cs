using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Validation;

/// <summary>Section <c>Markets</c>: what a tick must keep to be believed.</summary>
public sealed class MarketRulesOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Markets";

    /// <summary>Bounds by zone name (<c>Markets:Bounds:ERCOT:Cap</c>), $/MWh; a zone left out has <see cref="PriceBounds.Default"/>.</summary>
    public Dictionary<string, BoundsOptions> Bounds { get; init; } = [];

    /// <summary>Locations a silo takes in of one zone; a tick of a further one is refused. Far above what any market has, buses included.</summary>
    public int MaxLocations { get; set; } = 200_000;

    /// <summary>How far ahead of the clock a real-time interval may start.</summary>
    public TimeSpan RealTimeHorizon { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How far ahead of the clock a day-ahead interval may start.</summary>
    public TimeSpan DayAheadHorizon { get; set; } = TimeSpan.FromHours(72);

    /// <summary>One zone's bounds; an end left out keeps its default.</summary>
    public sealed class BoundsOptions
    {
        /// <summary>Lowest price, $/MWh.</summary>
        public double? Floor { get; set; }

        /// <summary>Highest price, $/MWh.</summary>
        public double? Cap { get; set; }
    }

    internal PriceBounds For(MarketZone zone)
    {
        var bounds = PriceBounds.Default(zone);
        return Bounds.TryGetValue(zone.Name(), out var own) ? new(own.Floor ?? bounds.Floor, own.Cap ?? bounds.Cap) : bounds;
    }

    internal sealed class Validator : IValidateOptions<MarketRulesOptions>
    {
        public ValidateOptionsResult Validate(string? name, MarketRulesOptions options)
        {
            foreach (var zone in options.Bounds.Keys)
            {
                if (!MarketZones.TryParse(zone, out var known))
                    return ValidateOptionsResult.Fail($"{Section}:Bounds:{zone}: not one of {string.Join(", ", MarketZones.All)}.");
                if (options.For(known) is var (floor, cap) && !(floor < cap))
                    return ValidateOptionsResult.Fail($"{Section}:Bounds:{zone}: the floor {floor} must be below the cap {cap}.");
            }

            if (options.MaxLocations < 1)
                return ValidateOptionsResult.Fail($"{Section}:MaxLocations is {options.MaxLocations}; it must be at least 1.");

            return options.RealTimeHorizon >= TimeSpan.Zero && options.DayAheadHorizon >= TimeSpan.Zero
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{Section}: RealTimeHorizon and DayAheadHorizon must not be negative.");
        }
    }
}
