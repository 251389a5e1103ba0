using OptiBid.Gateway.Analytics;

namespace OptiBid.Gateway.Tests.Analytics;

public class DistributionTests
{
    [Fact]
    public void Of_NoValue_IsAllNull()
    {
        var none = new Distribution([]);
        Assert.Equal(0, none.Count);
        Assert.Equal([null, null, null, null, null, null], new[] { none.Mean, none.StandardDeviation, none.Min, none.Max, none.PositiveShare, none.Quantile(0.5) });
    }

    [Fact]
    public void Of_OneValue_HasNoDeviation()
    {
        var one = new Distribution([-3]);
        Assert.Equal([-3, null, -3, -3, 0, -3], new[] { one.Mean, one.StandardDeviation, one.Min, one.Max, one.PositiveShare, one.Quantile(0.95) });
    }

    [Fact]
    public void Of_Values_IsAsByHand()
    {
        // Mean 5, squares of the differences 9+1+1+1+0+0+4+16 = 32, over 7.
        var values = new Distribution([9, 2, 4, 7, 4, 5, 4, 5]);
        Assert.Equal((8, 5, 2, 9, 1), (values.Count, values.Mean, values.Min, values.Max, values.PositiveShare));
        Assert.Equal(Math.Sqrt(32 / 7d), values.StandardDeviation!.Value, 12);

        var even = new Distribution([4, -1, 0, 3]);
        Assert.Equal((1.5, 0.5), (even.Quantile(0.5), even.PositiveShare));
        Assert.Equal(-0.85, even.Quantile(0.05)!.Value, 12);
        Assert.Equal(3.85, even.Quantile(0.95)!.Value, 12);
    }
}
