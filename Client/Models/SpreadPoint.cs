namespace OptiBid.Client.Models;

/// <summary>One spread.</summary>
public sealed record SpreadPoint
{
    /// <summary>Start of its interval, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The interval's end, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Price minus reference, $/MWh.</summary>
    public required double Spread { get; init; }

    /// <summary>Day-ahead price (dart), or the location's (basis); with resample its mean, $/MWh.</summary>
    public required double Price { get; init; }

    /// <summary>Mean real-time price (dart), or the hub's (basis); with resample its mean, $/MWh.</summary>
    public required double Reference { get; init; }

    /// <summary>How many hours (dart) or intervals (basis) it is of.</summary>
    public required int DataPoints { get; init; }

    /// <summary>Share of the interval that they cover, 0 to 1.</summary>
    public required double Coverage { get; init; }
}
