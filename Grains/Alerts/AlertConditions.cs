using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;
using OptiBid.Grains.Quality;
using OptiBid.Grains.Volatility;

namespace OptiBid.Grains.Alerts;

/// <summary>What a rule makes of prices. Plain functions: the value it looks at, and what the value says.</summary>
internal static class AlertConditions
{
    /// <summary>The least that counts as a usual deviation, $/MWh: where prices stand still the median deviation is zero.</summary>
    public const double LeastDeviation = 1;

    /// <summary>True when the value lies beyond the threshold, false when it has come back far enough for the rule to be armed again, null in between.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="value">The value, in the unit of the rule's kind.</param>
    public static bool? Judge(AlertRule rule, double value)
    {
        var isBelow = rule.Kind is AlertKind.Below or AlertKind.DartBelow;
        var beyond = isBelow ? rule.Threshold - value : value - rule.Threshold;
        return beyond > 0 ? true : beyond <= -rule.Hysteresis ? false : null;
    }

    /// <summary>The value that a rule looks at, at one interval of its series; null when there is none.</summary>
    /// <param name="rule">A rule of any kind but <see cref="AlertKind.Staleness"/>, which no price brings about.</param>
    /// <param name="book">What the location knows.</param>
    /// <param name="place">The interval's place in the series.</param>
    public static double? Value(AlertRule rule, LocationBook book, int place)
    {
        var bit = (int)rule.PriceType - 1;
        var intervals = book.SeriesAt(bit)!.Intervals;
        return rule.Kind switch
        {
            AlertKind.Above or AlertKind.Below => intervals[place].Price,
            AlertKind.Change => Change(intervals, place, rule.PriceType.IntervalMinutes() * TimeSpan.TicksPerMinute),
            AlertKind.Spike => Deviations(intervals, place),
            AlertKind.DartAbove or AlertKind.DartBelow => Dart(book, intervals[place]),
            AlertKind.Volatility => place == intervals.Length - 1 ? book.NewestAt(bit).Volatility1h : null,
            _ => null,
        };
    }

    /// <summary>Minutes since the newest interval ended; negative while it lasts.</summary>
    public static double Staleness(in PriceTick newest, DateTimeOffset now) =>
        (now - newest.Timestamp.AddMinutes(newest.PriceType.IntervalMinutes())).TotalMinutes;

    private static double? Change(ReadOnlySpan<PriceInterval> intervals, int place, long step) =>
        place > 0 && intervals[place].StartTicks - intervals[place - 1].StartTicks == step
            ? Math.Abs(PriceChange.Shown(intervals[place].Price - intervals[place - 1].Price))
            : null;

    private static double? Deviations(ReadOnlySpan<PriceInterval> intervals, int place)
    {
        var first = place;
        while (first > 0 && intervals[first - 1].StartTicks >= intervals[place].StartTicks - TimeSpan.TicksPerDay) first--;
        var count = place - first;
        if (count < PriceChecks.LeastForSpike) return null;

        Span<double> before = count <= 320 ? stackalloc double[count] : new double[count];
        for (var i = 0; i < count; i++) before[i] = intervals[first + i].Price;
        var (median, mad) = RobustDeviation.Of(before);
        return Math.Abs(intervals[place].Price - median) / Math.Max(LeastDeviation, RobustDeviation.NormalScale * mad);
    }

    private static double? Dart(LocationBook book, in PriceInterval realTime)
    {
        if (book.SeriesAt((int)PriceType.DayAheadHourly - 1) is not { } dayAhead) return null;

        var hour = realTime.StartTicks - realTime.StartTicks % TimeSpan.TicksPerHour;
        var place = dayAhead.FirstFrom(hour);
        return place < dayAhead.Count && dayAhead.Intervals[place].StartTicks == hour
            ? PriceChange.Shown(dayAhead.Intervals[place].Price - realTime.Price)
            : null;
    }
}
