namespace OptiBid.Client.Models;

/// <summary>The prices of one bucket, $/MWh; null where there is none.</summary>
public sealed record TrendBucket
{
    /// <summary>Start of the bucket, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Its end, UTC: a market's day may have 23 or 25 hours.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Arithmetic mean of the prices.</summary>
    public double? Average { get; init; }

    /// <summary>Lowest price.</summary>
    public double? Min { get; init; }

    /// <summary>Highest price.</summary>
    public double? Max { get; init; }

    /// <summary>Sample standard deviation of the prices (n − 1); null for fewer than two.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>The average minus that of the bucket before; null where either has no price.</summary>
    public double? Change { get; init; }

    /// <summary>Mean of this average and those of the buckets before; null until all have prices, or when it was not asked for.</summary>
    public double? MovingAverage { get; init; }

    /// <summary>How many prices there are.</summary>
    public required int DataPoints { get; init; }

    /// <summary>Share of the bucket's time that prices cover, 0 to 1.</summary>
    public required double Coverage { get; init; }
}
