using OptiBid.Gateway.Analytics;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Tests.Analytics;

public class PriceTrendTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 30, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_AStraightLine_HasItsSlope()
    {
        // Days of 24, 24, 25 and 24 hours: on the line by their midpoints, not by their numbers.
        int[] hours = [24, 24, 25, 24];
        var start = Start;
        var buckets = new List<PriceBucket>();
        foreach (var length in hours)
        {
            buckets.Add(Bucket(start, start.AddHours(length), 10 - (2.5 * (start.AddHours(length / 2d) - Start).TotalDays)));
            start = start.AddHours(length);
        }

        var trend = PriceTrend.Of(buckets, null);
        Assert.Equal(-2.5, trend.Slope!.Value, 10);
        Assert.Equal(-2.5 * 73 / 24, trend.TotalChange!.Value, 10);
        Assert.All(trend.Points, point => Assert.Null(point.MovingAverage));
    }

    [Fact]
    public void Of_ScatteredAverages_HasTheLeastSquaresSlope()
    {
        // Days 0 to 3 with 1, 3, 2, 4: sum of (t - 1.5)(p - 2.5) is 4, of (t - 1.5) squared 5.
        var trend = PriceTrend.Of(Days(1, 3, 2, 4), 2);
        Assert.Equal(0.8, trend.Slope!.Value, 12);
        Assert.Equal(3, trend.TotalChange);
        Assert.Equal([null, 2, -1, 2], trend.Points.Select(point => point.Change));
        Assert.Equal([null, 2, 2.5, 3], trend.Points.Select(point => point.MovingAverage));
    }

    [Fact]
    public void Of_BucketWithoutAPrice_BreaksChangeAndMovingAverageAndNothingElse()
    {
        var trend = PriceTrend.Of(Days(1, null, 3, 4, 5), 3);
        Assert.Equal([null, null, null, 1, 1], trend.Points.Select(point => point.Change));
        Assert.Equal([null, null, null, null, 4], trend.Points.Select(point => point.MovingAverage));
        Assert.Equal((1, 4), (Math.Round(trend.Slope!.Value, 12), trend.TotalChange));
    }

    [Theory]
    [InlineData]
    [InlineData(5d)]
    [InlineData(null, 5d, null)]
    public void Of_FewerThanTwoWithPrices_HasNoSlope(params double?[] averages)
    {
        var trend = PriceTrend.Of(Days(averages), 2);
        Assert.Equal((null, null, averages.Length), (trend.Slope, trend.TotalChange, trend.Points.Count));
        Assert.All(trend.Points, point => Assert.Equal((null, null), (point.Change, point.MovingAverage)));
    }

    private static PriceBucket[] Days(params double?[] averages) => [.. averages.Select((average, day) => Bucket(Start.AddDays(day), Start.AddDays(day + 1), average))];

    private static PriceBucket Bucket(DateTimeOffset start, DateTimeOffset end, double? average) =>
        new(start, end, MarketZone.PJM, "A", PriceType.DayAheadHourly, average, average, average, null, null, null, average is null ? 0 : 24, average is null ? 0 : 1);
}
