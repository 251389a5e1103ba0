namespace OptiBid.Client.Models;

/// <summary>The price of one hour.</summary>
public sealed record StorageHour
{
    /// <summary>Start of the hour, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Mean of its prices, $/MWh.</summary>
    public required double Price { get; init; }

    /// <summary>Share of the hour that prices cover, 0 to 1.</summary>
    public required double Coverage { get; init; }
}
