namespace OptiBid.Grains.Volatility;

/// <summary>
/// Median and median absolute deviation (MAD): what a few wild prices cannot move, as they move mean and standard deviation
/// (Hampel, "The Influence Curve and Its Role in Robust Estimation", 1974).
/// </summary>
internal static class RobustDeviation
{
    /// <summary>Makes a MAD comparable with a standard deviation: 1 / Φ⁻¹(¾), the ratio of both for normal values.</summary>
    public const double NormalScale = 1.4826;

    /// <summary>Median, and median distance from it, in the unit of the values.</summary>
    /// <param name="values">The values, at least one and none of them NaN; their order and content are lost.</param>
    public static (double Median, double Mad) Of(Span<double> values)
    {
        var median = Median(values);
        foreach (ref var value in values) value = Math.Abs(value - median);
        return (median, Median(values));
    }

    /// <summary>The middle value; of an even number the mean of both in the middle.</summary>
    /// <param name="values">The values, at least one and none of them NaN; their order is lost.</param>
    public static double Median(Span<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Length);
        var middle = values.Length / 2;
        var upper = Select(values, middle);
        if (values.Length % 2 == 1) return upper;

        var lower = values[0];
        foreach (var value in values[1..middle]) lower = Math.Max(lower, value);
        return lower + (upper - lower) / 2;
    }

    /// <summary>The value that a sort would put at a place; everything before that place is not greater, everything after not less (Hoare's FIND).</summary>
    private static double Select(Span<double> values, int place)
    {
        var (left, right) = (0, values.Length - 1);
        while (left < right)
        {
            var pivot = MedianOfThree(values[left], values[(left + right) / 2], values[right]);
            var (low, high) = (left, right);
            while (low <= high)
            {
                while (values[low] < pivot) low++;
                while (values[high] > pivot) high--;
                if (low > high) break;
                (values[low], values[high]) = (values[high], values[low]);
                low++;
                high--;
            }

            if (place <= high) right = high;
            else if (place >= low) left = low;
            else break;
        }

        return values[place];
    }

    private static double MedianOfThree(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
