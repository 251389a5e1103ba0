using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>Prices gathered into larger intervals (buckets), each series for itself.</summary>
public sealed record ResampleQuery
{
    /// <summary>
    /// Which prices. A bucket at the edge of the time is made of the prices within it. <see cref="PriceQuery.Descending"/>,
    /// <see cref="PriceQuery.Limit"/> and <see cref="PriceQuery.After"/> are of buckets, by their starts.
    /// </summary>
    public required PriceQuery Prices { get; init; }

    /// <summary>How long a bucket is.</summary>
    public required BucketLength Every { get; init; }

    /// <summary>What of each bucket; the others are null. The first and the last price cost as much as all others together.</summary>
    public Aggregates Aggregates { get; init; } = Aggregates.All;

    /// <summary>The wall clock that buckets are cut by, one of <see cref="MarketClocks.All"/>; null for each zone's own.</summary>
    public TimeZoneInfo? Clock { get; init; }

    /// <summary>
    /// Whether a bucket without a price is given too, with no values, for every series that has a price within the
    /// query's time. Else it is left out.
    /// </summary>
    public bool FillGaps { get; init; }
}

/// <summary>The prices of one series within one bucket. The values are null where there is no price, $/MWh.</summary>
/// <param name="Start">When the bucket starts, UTC.</param>
/// <param name="End">When it ends, UTC: a market's day may have 23 or 25 hours.</param>
/// <param name="Zone">The market.</param>
/// <param name="Location">The market's id of the place.</param>
/// <param name="PriceType">The price series.</param>
/// <param name="Average">Arithmetic mean of the prices.</param>
/// <param name="Min">Lowest price.</param>
/// <param name="Max">Highest price.</param>
/// <param name="First">Price of the earliest interval.</param>
/// <param name="Last">Price of the latest interval.</param>
/// <param name="StandardDeviation">Sample standard deviation of the prices (n − 1); null for fewer than two.</param>
/// <param name="DataPoints">How many prices there are.</param>
/// <param name="Coverage">Share of the bucket's time that prices cover, 0 to 1: below 1, something is missing.</param>
public readonly record struct PriceBucket(
    DateTimeOffset Start, DateTimeOffset End, MarketZone Zone, string Location, PriceType PriceType,
    double? Average, double? Min, double? Max, double? First, double? Last, double? StandardDeviation, int DataPoints, double Coverage);
