using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Quality;

/// <summary>Section <c>Quality</c>: from where on the data is said to be amiss.</summary>
public sealed class QualityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Quality";

    /// <summary>Intervals in a row with the same real-time price from which it counts as flat-lined.</summary>
    public int FlatLineIntervals { get; set; } = 12;

    /// <summary>How many scaled median deviations a price must lie from the median of its last 24 hours to be a spike.</summary>
    public double SpikeFactor { get; set; } = 6;

    /// <summary>The least distance from the median, and the least step against the interval before, of a spike, $/MWh.</summary>
    public double SpikeFloor { get; set; } = 50;

    /// <summary>By how much energy, congestion and loss may miss the price, $/MWh: four numbers rounded to the cent.</summary>
    public double ComponentTolerance { get; set; } = 0.02;

    /// <summary>Percent of the expected prices of an hour below which it is incomplete.</summary>
    public double LeastCompleteness { get; set; } = 95;

    /// <summary>Findings about locations that a silo tells one by one, of each zone, in a minute; the rest is summed up.</summary>
    public int EventsPerMinute { get; set; } = 30;

    /// <summary>How long after its interval a real-time price of a feed that is prompt may come.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How long after its end an hour is settled.</summary>
    public TimeSpan SettleAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How often a silo tells the zones what it has counted.</summary>
    public TimeSpan ReportEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the history is read for the hours that are not settled.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often hours that are settled are read again, while prices of theirs come.</summary>
    public TimeSpan CorrectEvery { get; set; } = TimeSpan.FromMinutes(10);

    internal sealed class Validator : IValidateOptions<QualityOptions>
    {
        public ValidateOptionsResult Validate(string? name, QualityOptions options)
        {
            var fault = options.FlatLineIntervals < 2 ? $"{nameof(FlatLineIntervals)} is {options.FlatLineIntervals}; it must be at least 2."
                : !(options.SpikeFactor > 0) ? $"{nameof(SpikeFactor)} is {options.SpikeFactor}; it must be more than 0."
                : !(options.SpikeFloor > 0) ? $"{nameof(SpikeFloor)} is {options.SpikeFloor}; it must be more than 0 ($/MWh)."
                : !(options.ComponentTolerance >= 0) ? $"{nameof(ComponentTolerance)} is {options.ComponentTolerance}; it must not be negative ($/MWh)."
                : !(options.LeastCompleteness is >= 0 and <= 100) ? $"{nameof(LeastCompleteness)} is {options.LeastCompleteness}; it must be 0 to 100 (percent)."
                : options.EventsPerMinute < 1 ? $"{nameof(EventsPerMinute)} is {options.EventsPerMinute}; it must be at least 1."
                : options.Patience < TimeSpan.Zero || options.SettleAfter < options.Patience ? $"{nameof(SettleAfter)} is {options.SettleAfter}; it must not be less than {nameof(Patience)}, {options.Patience}, and that not negative."
                : options.ReportEvery <= TimeSpan.Zero ? $"{nameof(ReportEvery)} is {options.ReportEvery}; it must be more than 0."
                : options.LookEvery <= TimeSpan.Zero ? $"{nameof(LookEvery)} is {options.LookEvery}; it must be more than 0."
                : options.CorrectEvery <= TimeSpan.Zero ? $"{nameof(CorrectEvery)} is {options.CorrectEvery}; it must be more than 0."
                : null;
            return fault is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"{Section}:{fault}");
        }
    }

    /// <summary>True once an interval's price is overdue if it has not come: day-ahead prices are due when their hour begins.</summary>
    internal bool IsDue(PriceType type, DateTimeOffset start, DateTimeOffset now) =>
        type.IsDayAhead() ? start <= now : start + TimeSpan.FromMinutes(type.IntervalMinutes()) + Patience <= now;
}
