namespace OptiBid.Client.Requests;

/// <summary>Whose trends are wanted.</summary>
public sealed record PriceTrendsRequest
{
    /// <summary>The markets; null for all.</summary>
    public IReadOnlyList<string>? Zones { get; init; }

    /// <summary>The locations.</summary>
    public required IReadOnlyList<string> Locations { get; init; }

    /// <summary>The price series.</summary>
    public required string PriceType { get; init; }

    /// <summary>Start of the range, inclusive.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Its end, exclusive.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Length of a bucket, by each market's clock: <c>1h</c>, <c>1d</c>.</summary>
    public required string Bucket { get; init; }

    /// <summary>Buckets that a moving average is of; null for none.</summary>
    public int? MovingAverage { get; init; }
}
