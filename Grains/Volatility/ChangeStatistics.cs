using System.Numerics;
using System.Runtime.InteropServices;

namespace OptiBid.Grains.Volatility;

/// <summary>Statistics of price changes, computed afresh from the changes each time, so that nothing drifts.</summary>
internal static class ChangeStatistics
{
    /// <summary>Weight of the past in the exponentially weighted variance (J.P. Morgan/Reuters, RiskMetrics Technical Document, 4th ed., 1996, section 5.2).</summary>
    public const double Lambda = 0.94;

    /// <summary>
    /// Sample standard deviation (n − 1) of price changes, $/MWh; null with fewer than two. Two passes: the
    /// mean first, then the squared distances from it.
    /// </summary>
    /// <param name="changes">Changes, with 0 standing where an interval has no predecessor.</param>
    /// <param name="missing">How many of the zeros are such gaps.</param>
    public static double? StandardDeviation(ReadOnlySpan<double> changes, int missing)
    {
        var n = changes.Length - missing;
        if (n < 2) return null;

        var mean = Sum(changes, 0, squared: false) / n;
        // Each gap's zero adds mean² to the sum over all places; take that back out.
        var squares = Sum(changes, mean, squared: true) - missing * mean * mean;
        return Math.Sqrt(Math.Max(0, squares) / (n - 1));
    }

    /// <summary>One step of the exponentially weighted variance with zero mean; the first change starts it.</summary>
    /// <param name="variance">The variance so far, NaN before the first change.</param>
    /// <param name="change">Price change, $/MWh.</param>
    public static double NextVariance(double variance, double change) =>
        double.IsNaN(variance) ? change * change : Lambda * variance + (1 - Lambda) * change * change;

    private static double Sum(ReadOnlySpan<double> values, double origin, bool squared)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var shift = new Vector<double>(origin);
        var sums = Vector<double>.Zero;
        foreach (var vector in vectors)
        {
            var distance = vector - shift;
            sums += squared ? distance * distance : distance;
        }

        var sum = Vector.Sum(sums);
        foreach (var value in values[(vectors.Length * Vector<double>.Count)..])
        {
            var distance = value - origin;
            sum += squared ? distance * distance : distance;
        }

        return sum;
    }
}
