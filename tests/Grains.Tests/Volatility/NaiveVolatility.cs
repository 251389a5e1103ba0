using OptiBid.Grains.Volatility;

namespace OptiBid.Grains.Tests.Volatility;

/// <summary>
/// The definitions of volatility, computed from all prices ever seen with no regard for cost: what the rolling
/// series is held against.
/// </summary>
internal static class NaiveVolatility
{
    public static double? Window(SortedDictionary<DateTimeOffset, double> prices, TimeSpan step, TimeSpan window)
    {
        var newest = prices.Keys.Last();
        double[] changes = [.. Changes(prices, step).Where(change => change.At > newest - window).Select(change => change.Value)];
        if (changes.Length < 2) return null;
        var mean = changes.Average();
        return Math.Sqrt(changes.Sum(change => (change - mean) * (change - mean)) / (changes.Length - 1));
    }

    public static double? Ewma(SortedDictionary<DateTimeOffset, double> prices, TimeSpan step)
    {
        double? variance = null;
        foreach (var (_, change) in Changes(prices, step))
        {
            variance = variance is null ? change * change : ChangeStatistics.Lambda * variance + (1 - ChangeStatistics.Lambda) * change * change;
        }

        return variance is { } value ? Math.Sqrt(value) : null;
    }

    private static IEnumerable<(DateTimeOffset At, double Value)> Changes(SortedDictionary<DateTimeOffset, double> prices, TimeSpan step)
    {
        foreach (var (at, price) in prices)
        {
            if (prices.TryGetValue(at - step, out var before)) yield return (at, price - before);
        }
    }
}
