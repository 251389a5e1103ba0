namespace OptiBid.Client.Models;

/// <summary>Day-ahead price of the hour that covers the newest real-time interval, minus that interval's price, $/MWh.</summary>
public sealed record DartSpread
{
    /// <summary>The spread, $/MWh.</summary>
    public required double Value { get; init; }

    /// <summary>The hour's day-ahead price, $/MWh.</summary>
    public required double DayAheadPrice { get; init; }

    /// <summary>The interval's real-time price, $/MWh.</summary>
    public required double RealTimePrice { get; init; }

    /// <summary>The real-time series.</summary>
    public required string PriceType { get; init; }

    /// <summary>Start of the real-time interval, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }
}
