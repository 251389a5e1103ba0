using OptiBid.History;

namespace OptiBid.Gateway.Analytics;

/// <summary>One bucket of a trend.</summary>
/// <param name="Bucket">Its prices.</param>
/// <param name="Change">Its average minus that of the bucket before, $/MWh; null where either has no price.</param>
/// <param name="MovingAverage">Mean of its average and those of the buckets before, $/MWh; null until all of them have prices.</param>
internal readonly record struct TrendPoint(PriceBucket Bucket, double? Change, double? MovingAverage);

/// <summary>How the average price of one series goes from bucket to bucket.</summary>
/// <param name="Points">The buckets, in the order of time.</param>
/// <param name="Slope">
/// Slope of the line through the averages at the buckets' midpoints with the least sum of squared distances, each bucket
/// counting alike, $/MWh per day; null for fewer than two buckets with prices.
/// </param>
/// <param name="TotalChange">Last average minus first, $/MWh; null for fewer than two buckets with prices.</param>
internal sealed record PriceTrend(IReadOnlyList<TrendPoint> Points, double? Slope, double? TotalChange)
{
    /// <summary>The trend of buckets that follow each other without a gap; one without a price has no values.</summary>
    /// <param name="buckets">The buckets of one series, in the order of time.</param>
    /// <param name="length">Buckets that a moving average is of; null for none.</param>
    public static PriceTrend Of(IReadOnlyList<PriceBucket> buckets, int? length)
    {
        var points = new TrendPoint[buckets.Count];
        for (var i = 0; i < points.Length; i++)
            points[i] = new TrendPoint(buckets[i], i == 0 ? null : buckets[i].Average - buckets[i - 1].Average, length is { } n ? Mean(buckets, i, n) : null);

        PriceBucket[] priced = [.. buckets.Where(static bucket => bucket.Average is not null)];
        return priced.Length < 2
            ? new PriceTrend(points, null, null)
            : new PriceTrend(points, SlopeOf(priced), priced[^1].Average - priced[0].Average);
    }

    private static double? Mean(IReadOnlyList<PriceBucket> buckets, int last, int length)
    {
        if (last + 1 < length) return null;

        var sum = 0d;
        for (var i = last + 1 - length; i <= last; i++)
        {
            if (buckets[i].Average is not { } average) return null;
            sum += average;
        }

        return sum / length;
    }

    private static double SlopeOf(PriceBucket[] buckets)
    {
        // From the first start on and about the means, so that no figure is larger than it must be.
        var times = buckets.Select(bucket => ((bucket.Start - buckets[0].Start) + ((bucket.End - bucket.Start) / 2)).TotalDays).ToArray();
        var (time, price) = (times.Average(), buckets.Average(static bucket => bucket.Average!.Value));
        var (together, alone) = (0d, 0d);
        for (var i = 0; i < times.Length; i++)
        {
            together += (times[i] - time) * (buckets[i].Average!.Value - price);
            alone += (times[i] - time) * (times[i] - time);
        }

        return together / alone;
    }
}
