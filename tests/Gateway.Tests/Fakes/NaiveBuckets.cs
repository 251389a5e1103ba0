using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Tests.Fakes;

/// <summary>Gathers prices into buckets of hours, days or months, without care for hours that a clock shows twice.</summary>
internal static class NaiveBuckets
{
    public static IEnumerable<PriceBucket> Of(IReadOnlyCollection<PriceTick> ticks, ResampleQuery query)
    {
        foreach (var series in ticks.GroupBy(tick => (tick.MarketZone, tick.Location, tick.PriceType)))
        {
            var clock = query.Clock ?? MarketClocks.Of(series.Key.MarketZone);
            var buckets = series.GroupBy(tick => StartOf(tick.Timestamp, query.Every, clock)).ToDictionary(bucket => bucket.Key, bucket => bucket.OrderBy(tick => tick.Timestamp).ToArray());
            for (var start = StartOf(query.Prices.Start, query.Every, clock); start < query.Prices.End;)
            {
                var end = EndOf(start, query.Every, clock);
                var prices = buckets.GetValueOrDefault(start) ?? [];
                if (prices.Length > 0 || query.FillGaps) yield return Bucket(start, end, series.Key, prices);
                start = end;
            }
        }
    }

    private static PriceBucket Bucket(DateTimeOffset start, DateTimeOffset end, (MarketZone Zone, string Location, PriceType Type) key, PriceTick[] ticks)
    {
        var prices = ticks.Select(tick => tick.Price).ToArray();
        var has = prices.Length > 0;
        double? average = has ? prices.Average() : null;
        return new PriceBucket(
            start, end, key.Zone, key.Location, key.Type,
            average, has ? prices.Min() : null, has ? prices.Max() : null, has ? prices[0] : null, has ? prices[^1] : null,
            prices.Length > 1 ? Math.Sqrt(prices.Sum(price => Math.Pow(price - average!.Value, 2)) / (prices.Length - 1)) : null,
            prices.Length, ticks.Sum(tick => tick.IntervalMinutes) / (end - start).TotalMinutes);
    }

    private static DateTimeOffset StartOf(DateTimeOffset time, BucketLength every, TimeZoneInfo clock)
    {
        var local = TimeZoneInfo.ConvertTime(time, clock).DateTime;
        var epoch = new DateTime(2001, 1, 1);
        return Instant(every.Unit switch
        {
            BucketUnit.Minute => local.Date.AddMinutes(Math.Floor(local.TimeOfDay.TotalMinutes / every.Count) * every.Count),
            BucketUnit.Day => local.Date.AddDays(-((local.Date - epoch).Days % every.Count)),
            _ => new DateTime(local.Year, local.Month, 1).AddMonths(-(((local.Year - 2001) * 12 + local.Month - 1) % every.Count)),
        }, clock);
    }

    private static DateTimeOffset EndOf(DateTimeOffset start, BucketLength every, TimeZoneInfo clock)
    {
        var local = TimeZoneInfo.ConvertTime(start, clock).DateTime;
        return Instant(every.Unit switch
        {
            BucketUnit.Minute => local.AddMinutes(every.Count),
            BucketUnit.Day => local.AddDays(every.Count),
            _ => local.AddMonths(every.Count),
        }, clock);
    }

    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo clock) => new DateTimeOffset(local, clock.GetUtcOffset(local)).ToUniversalTime();
}
