using OptiBid.History.Buckets;

namespace OptiBid.History.Tests.Contract;

/// <summary>Resampling as one would write it down: everything in memory, one bucket at a time.</summary>
internal static class NaiveBuckets
{
    public static List<PriceBucket> Of(IEnumerable<PriceTick> ticks, ResampleQuery resample)
    {
        var query = resample.Prices;
        var matching = ticks.Where(tick => tick.Timestamp >= query.Start && tick.Timestamp < query.End
            && (query.Zones.Count == 0 || query.Zones.Contains(tick.MarketZone))
            && (query.Locations.Count == 0 || query.Locations.Contains(tick.Location))
            && (query.PriceTypes.Count == 0 || query.PriceTypes.Contains(tick.PriceType))
            && !(tick.Price < query.MinPrice) && !(tick.Price > query.MaxPrice));
        var buckets = new List<PriceBucket>();
        foreach (var series in matching.GroupBy(tick => (tick.MarketZone, tick.Location, tick.PriceType)))
        {
            var calendar = new BucketCalendar(resample.Clock ?? MarketClocks.Of(series.Key.MarketZone), resample.Every);
            for (var start = calendar.StartOf(query.Start); start < query.End; start = calendar.Next(start))
            {
                var end = calendar.Next(start);
                PriceTick[] within = [.. series.Where(tick => tick.Timestamp >= start && tick.Timestamp < end).OrderBy(tick => tick.Timestamp)];
                if (within.Length > 0 || resample.FillGaps) buckets.Add(Only(resample.Aggregates, Gather(start, end, series.Key, within)));
            }
        }

        var ordered = (query.Descending ? buckets.OrderByDescending(bucket => bucket.Start) : buckets.OrderBy(bucket => bucket.Start))
            .ThenBy(bucket => bucket.Zone.Name(), StringComparer.Ordinal)
            .ThenBy(bucket => bucket.Location, StringComparer.Ordinal)
            .ThenBy(bucket => bucket.PriceType.Name(), StringComparer.Ordinal);
        return [.. ordered.Take(query.Limit ?? int.MaxValue)];
    }

    private static PriceBucket Only(Aggregates asked, PriceBucket bucket) => bucket with
    {
        Average = asked.HasFlag(Aggregates.Average) ? bucket.Average : null,
        Min = asked.HasFlag(Aggregates.Min) ? bucket.Min : null,
        Max = asked.HasFlag(Aggregates.Max) ? bucket.Max : null,
        First = asked.HasFlag(Aggregates.First) ? bucket.First : null,
        Last = asked.HasFlag(Aggregates.Last) ? bucket.Last : null,
        StandardDeviation = asked.HasFlag(Aggregates.StandardDeviation) ? bucket.StandardDeviation : null,
    };

    private static PriceBucket Gather(DateTimeOffset start, DateTimeOffset end, (MarketZone Zone, string Location, PriceType Type) series, PriceTick[] within)
    {
        if (within.Length == 0) return new(start, end, series.Zone, series.Location, series.Type, null, null, null, null, null, null, 0, 0);

        double[] prices = [.. within.Select(tick => tick.Price)];
        var average = prices.Average();
        double? deviation = prices.Length < 2 ? null : Math.Sqrt(prices.Sum(price => (price - average) * (price - average)) / (prices.Length - 1));
        var covered = within.Sum(tick => tick.IntervalMinutes) / (end - start).TotalMinutes;
        return new(start, end, series.Zone, series.Location, series.Type,
            average, prices.Min(), prices.Max(), prices[0], prices[^1], deviation, prices.Length, Math.Min(1, covered));
    }
}
