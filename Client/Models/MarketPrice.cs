using System.Text.Json.Serialization;

namespace OptiBid.Client.Models;

/// <summary>A price. A value that is not known is null.</summary>
public record MarketPrice
{
    /// <summary>The market: PJM, CAISO, ERCOT, NYISO, ISONE, MISO or SPP.</summary>
    public required string MarketZone { get; init; }

    /// <summary>The market's own id of the place.</summary>
    public required string Location { get; init; }

    /// <summary>The market's name for it.</summary>
    public string? LocationName { get; init; }

    /// <summary>What kind of place it is: HUB, ZONE, INTERFACE, GEN, LOAD, NODE, BUS or AGGREGATE.</summary>
    public string? LocationType { get; init; }

    /// <summary>The price series: REAL_TIME_5_MIN, REAL_TIME_15_MIN, REAL_TIME_HOURLY or DAY_AHEAD_HOURLY.</summary>
    public required string PriceType { get; init; }

    /// <summary>Start of the interval, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Length of the interval, minutes.</summary>
    public int IntervalMinutes { get; init; }

    /// <summary>Locational marginal price, $/MWh; may be zero or negative.</summary>
    public required double Price { get; init; }

    /// <summary>System energy component, $/MWh.</summary>
    public double? EnergyCost { get; init; }

    /// <summary>Congestion component, $/MWh.</summary>
    public double? CongestionCost { get; init; }

    /// <summary>Loss component, $/MWh.</summary>
    public double? LossCost { get; init; }

    /// <summary>Energy cleared at the location in the interval, MW.</summary>
    public double? Volume { get; init; }

    /// <summary>Share of the zone's generation from renewable sources, percent.</summary>
    public double? RenewablePercentage { get; init; }

    /// <summary>The zone's load forecast for the interval, MW.</summary>
    public double? LoadForecast { get; init; }

    /// <summary>When the market published this value, UTC.</summary>
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>1 when first seen, one more each time the market republished another value.</summary>
    public int Revision { get; init; }

    /// <summary>The feed it came from.</summary>
    public string? Source { get; init; }

    /// <summary>Change against the interval just before, $/MWh; live prices only.</summary>
    public double? Change { get; init; }

    /// <summary>Sample standard deviation of price changes over the last hour, $/MWh; live prices only.</summary>
    [JsonPropertyName("volatility_1h")]
    public double? Volatility1h { get; init; }

    /// <summary>The same over 24 hours, $/MWh; live prices only.</summary>
    [JsonPropertyName("volatility_24h")]
    public double? Volatility24h { get; init; }

    /// <summary>Exponentially weighted volatility of price changes (λ = 0.94), $/MWh; live prices only.</summary>
    public double? VolatilityEwma { get; init; }
}
