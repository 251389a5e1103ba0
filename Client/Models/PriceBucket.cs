namespace OptiBid.Client.Models;

/// <summary>The prices of one series within a larger interval. Values that were not asked for are null.</summary>
public sealed record PriceBucket
{
    /// <summary>The market: PJM, CAISO, ERCOT, NYISO, ISONE, MISO or SPP.</summary>
    public required string MarketZone { get; init; }

    /// <summary>The market's own id of the place.</summary>
    public required string Location { get; init; }

    /// <summary>The market's name for it.</summary>
    public string? LocationName { get; init; }

    /// <summary>What kind of place it is: HUB, ZONE, INTERFACE, GEN, LOAD, NODE, BUS or AGGREGATE.</summary>
    public string? LocationType { get; init; }

    /// <summary>The price series.</summary>
    public required string PriceType { get; init; }

    /// <summary>Start of the interval, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Its end, UTC: a market's day may have 23 or 25 hours.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Arithmetic mean of the prices, $/MWh.</summary>
    public double? Average { get; init; }

    /// <summary>Lowest price, $/MWh.</summary>
    public double? Min { get; init; }

    /// <summary>Highest price, $/MWh.</summary>
    public double? Max { get; init; }

    /// <summary>Price of the earliest interval, $/MWh.</summary>
    public double? First { get; init; }

    /// <summary>Price of the latest interval, $/MWh.</summary>
    public double? Last { get; init; }

    /// <summary>Sample standard deviation of the prices (n − 1), $/MWh; null for fewer than two.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>How many prices there are.</summary>
    public required int DataPoints { get; init; }

    /// <summary>Share of the interval's time that prices cover, 0 to 1: below 1, something is missing.</summary>
    public required double Coverage { get; init; }
}
