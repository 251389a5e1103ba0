namespace OptiBid.Client.Models;

/// <summary>Price of the location minus the price of its hub in the same interval, $/MWh.</summary>
public sealed record Basis
{
    /// <summary>The basis, $/MWh.</summary>
    public required double Value { get; init; }

    /// <summary>The hub.</summary>
    public required string Hub { get; init; }

    /// <summary>The location's price, $/MWh.</summary>
    public required double Price { get; init; }

    /// <summary>The hub's price, $/MWh.</summary>
    public required double HubPrice { get; init; }

    /// <summary>The price series of both.</summary>
    public required string PriceType { get; init; }

    /// <summary>Start of the interval, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }
}
