using OptiBid.Gateway.Analytics;
using OptiBid.Gateway.Locations;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Analytics;

/// <summary>Trends of the price of each location.</summary>
/// <param name="PriceType">The price series.</param>
/// <param name="Start">Start of the range asked for, UTC.</param>
/// <param name="End">Its end, UTC.</param>
/// <param name="Trends">One of each location, by market and location.</param>
public sealed record PriceTrendsAnswer(string PriceType, DateTime Start, DateTime End, IReadOnlyList<PriceTrendView> Trends);

/// <summary>The trend of one location's price.</summary>
/// <param name="MarketZone">The market.</param>
/// <param name="Location">The market's own id of the place.</param>
/// <param name="LocationName">The market's name for it; null when the directory does not have it.</param>
/// <param name="Timezone">The market's clock, which buckets and on-peak hours go by.</param>
/// <param name="Slope">Least-squares slope of the buckets' averages over their midpoints, $/MWh per day; null for fewer than two buckets with prices.</param>
/// <param name="TotalChange">Average of the last bucket with prices minus that of the first, $/MWh; null for fewer than two.</param>
/// <param name="PeakAverage">Mean of the on-peak hours of the range, $/MWh; null without one.</param>
/// <param name="OffPeakAverage">Mean of the off-peak hours of the range, $/MWh; null without one.</param>
/// <param name="PeakHours">On-peak hours with a price.</param>
/// <param name="OffPeakHours">Off-peak hours with a price.</param>
/// <param name="Buckets">The buckets in the order of time, those without a price too; empty when the whole range has none.</param>
public sealed record PriceTrendView(
    string MarketZone, string Location, string? LocationName, string Timezone, double? Slope, double? TotalChange,
    double? PeakAverage, double? OffPeakAverage, int PeakHours, int OffPeakHours, IReadOnlyList<TrendBucketView> Buckets)
{
    internal static PriceTrendView Of(LocationId id, PriceTrend trend, PeakSplit split, LocationCatalog catalog) => new(
        id.Zone.Name(), id.Location, catalog.Find(id)?.Name, MarketClocks.Of(id.Zone).Id, trend.Slope, trend.TotalChange,
        split.PeakAverage, split.OffPeakAverage, split.PeakHours, split.OffPeakHours, [.. trend.Points.Select(TrendBucketView.Of)]);
}

/// <summary>The prices of one bucket, $/MWh; null where there is none.</summary>
/// <param name="Timestamp">Start of the bucket, UTC.</param>
/// <param name="End">Its end, UTC: a market's day may have 23 or 25 hours.</param>
/// <param name="Average">Arithmetic mean of the prices.</param>
/// <param name="Min">Lowest price.</param>
/// <param name="Max">Highest price.</param>
/// <param name="StandardDeviation">Sample standard deviation of the prices (n − 1); null for fewer than two.</param>
/// <param name="Change">The average minus that of the bucket before; null where either has no price.</param>
/// <param name="MovingAverage">Mean of this average and those of the buckets before; null until all have prices, or when it was not asked for.</param>
/// <param name="DataPoints">How many prices there are.</param>
/// <param name="Coverage">Share of the bucket's time that prices cover, 0 to 1.</param>
public sealed record TrendBucketView(
    DateTime Timestamp, DateTime End, double? Average, double? Min, double? Max, double? StandardDeviation,
    double? Change, double? MovingAverage, int DataPoints, double Coverage)
{
    internal static TrendBucketView Of(TrendPoint point) => new(
        point.Bucket.Start.UtcDateTime, point.Bucket.End.UtcDateTime, point.Bucket.Average, point.Bucket.Min, point.Bucket.Max, point.Bucket.StandardDeviation,
        point.Change, point.MovingAverage, point.Bucket.DataPoints, point.Bucket.Coverage);
}
