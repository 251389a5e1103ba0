namespace OptiBid.Client.Models;

/// <summary>Trends of the price of each location.</summary>
public sealed record PriceTrends
{
    /// <summary>The price series.</summary>
    public required string PriceType { get; init; }

    /// <summary>Start of the range asked for, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Its end, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>One of each location, by market and location.</summary>
    public required IReadOnlyList<PriceTrend> Trends { get; init; }
}
