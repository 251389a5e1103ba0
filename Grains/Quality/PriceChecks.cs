using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Volatility;

namespace OptiBid.Grains.Quality;

/// <summary>What may be amiss with a price beside those before it. Plain functions of a day of prices.</summary>
internal static class PriceChecks
{
    /// <summary>Earlier prices without which nothing is said about a spike: an hour of five-minute ones.</summary>
    public const int LeastForSpike = 12;

    /// <summary>Intervals in a row, ending with the newest, that have its price; a missing interval ends the row.</summary>
    /// <param name="intervals">Intervals in order.</param>
    /// <param name="step">Length of an interval, 100 ns.</param>
    /// <param name="most">Count no further.</param>
    public static int FlatRun(ReadOnlySpan<PriceInterval> intervals, long step, int most)
    {
        if (intervals.Length == 0) return 0;
        var run = 1;
        for (var i = intervals.Length - 2; i >= 0 && run < most; i--, run++)
        {
            if (intervals[i].Price != intervals[i + 1].Price || intervals[i + 1].StartTicks - intervals[i].StartTicks != step) break;
        }

        return run;
    }

    /// <summary>The newest price's distance from the median of those before it; null with too few of them.</summary>
    /// <param name="intervals">Intervals of at most 24 hours, in order.</param>
    /// <param name="factor">Scaled median deviations that are still no spike.</param>
    /// <param name="floor">Distance that is still no spike, $/MWh.</param>
    /// <returns>Distance and limit, $/MWh; it is a spike when the distance is the greater.</returns>
    public static (double Distance, double Limit)? Spike(ReadOnlySpan<PriceInterval> intervals, double factor, double floor)
    {
        var count = intervals.Length - 1;
        if (count < LeastForSpike) return null;

        // A day has at most 289 intervals: its first and last are 24 hours apart.
        Span<double> prices = count <= 320 ? stackalloc double[count] : new double[count];
        for (var i = 0; i < count; i++) prices[i] = intervals[i].Price;
        var (median, mad) = RobustDeviation.Of(prices);
        return (Math.Abs(intervals[^1].Price - median), Math.Max(floor, factor * RobustDeviation.NormalScale * mad));
    }

    /// <inheritdoc cref="IsMismatched(in PriceTick, double)"/>
    public static bool IsMismatched(in PriceUpdate update, double tolerance) =>
        update.Tick.EnergyCost is not null && IsMismatched(update.Tick, tolerance);

    /// <summary>True when all components are there and miss the price by more than the tolerance, $/MWh.</summary>
    public static bool IsMismatched(in PriceTick tick, double tolerance) =>
        tick is { EnergyCost: { } energy, CongestionCost: { } congestion, LossCost: { } loss }
        && Math.Abs(energy + congestion + loss - tick.Price) > tolerance + 1e-9;
}
