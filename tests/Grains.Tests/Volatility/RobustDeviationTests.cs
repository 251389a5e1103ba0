using FsCheck;
using FsCheck.Fluent;
using OptiBid.Grains.Volatility;

namespace OptiBid.Grains.Tests.Volatility;

public sealed class RobustDeviationTests
{
    [Fact]
    public void Of_AnyValues_IsWhatSortingGives()
    {
        var prices = ArbMap.Default.GeneratorFor<int>().Select(number => number % 40 / 4.0).ArrayOf().Where(values => values.Length > 0).ToArbitrary();
        Prop.ForAll(prices, values =>
        {
            var median = Sorted(values);
            Assert.Equal((median, Sorted([.. values.Select(value => Math.Abs(value - median))])), RobustDeviation.Of([.. values]));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Of_ADayWithAWildHour_DoesNotMove()
    {
        double[] quiet = [.. Enumerable.Range(0, 288).Select(i => 30 + i % 7)];
        double[] wild = [.. quiet.Select((price, i) => i < 12 ? 4_000 : price)];

        Assert.Equal((33, 2), RobustDeviation.Of([.. quiet]));
        Assert.Equal((33, 2), RobustDeviation.Of(wild));
        Assert.Throws<ArgumentOutOfRangeException>(() => RobustDeviation.Of([]));
    }

    private static double Sorted(double[] values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2;
    }
}
