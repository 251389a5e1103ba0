using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using MessagePack;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Export;

namespace OptiBid.Gateway.Api.Output;

/// <summary>A price as people get it, over REST, SSE and SignalR alike. A value that is not known is null.</summary>
/// <remarks>In MessagePack the times are timestamps and everything else is as in JSON.</remarks>
[MessagePackObject]
public class PriceView
{
    private static readonly string[] TypeNames =
        [.. Enum.GetValues<LocationType>().Select(static type => type.ToString().ToUpperInvariant())];

    private byte[]? _utf8;

    /// <summary>The market: PJM, CAISO, ERCOT, NYISO, ISONE, MISO or SPP.</summary>
    [Key("market_zone"), JsonPropertyName("market_zone")] public required string MarketZone { get; init; }

    /// <summary>The market's own id of the place.</summary>
    [Key("location"), JsonPropertyName("location")] public required string Location { get; init; }

    /// <summary>The market's name for it.</summary>
    [Key("location_name"), JsonPropertyName("location_name")] public string? LocationName { get; init; }

    /// <summary>What kind of place it is: HUB, ZONE, INTERFACE, GEN, LOAD, NODE, BUS or AGGREGATE.</summary>
    [Key("location_type"), JsonPropertyName("location_type")] public string? LocationType { get; init; }

    /// <summary>The price series: REAL_TIME_5_MIN, REAL_TIME_15_MIN, REAL_TIME_HOURLY or DAY_AHEAD_HOURLY.</summary>
    [Key("price_type"), JsonPropertyName("price_type")] public required string PriceType { get; init; }

    /// <summary>Start of the interval, UTC.</summary>
    [Key("timestamp"), JsonPropertyName("timestamp")] public required DateTime Timestamp { get; init; }

    /// <summary>Length of the interval, minutes.</summary>
    [Key("interval_minutes"), JsonPropertyName("interval_minutes")] public short IntervalMinutes { get; init; }

    /// <summary>Locational marginal price, $/MWh; may be zero or negative.</summary>
    [Key("price"), JsonPropertyName("price")] public required double Price { get; init; }

    /// <summary>System energy component, $/MWh.</summary>
    [Key("energy_cost"), JsonPropertyName("energy_cost")] public double? EnergyCost { get; init; }

    /// <summary>Congestion component, $/MWh.</summary>
    [Key("congestion_cost"), JsonPropertyName("congestion_cost")] public double? CongestionCost { get; init; }

    /// <summary>Loss component, $/MWh.</summary>
    [Key("loss_cost"), JsonPropertyName("loss_cost")] public double? LossCost { get; init; }

    /// <summary>Energy cleared at the location in the interval, MW.</summary>
    [Key("volume"), JsonPropertyName("volume")] public double? Volume { get; init; }

    /// <summary>Share of the zone's generation from renewable sources, percent.</summary>
    [Key("renewable_percentage"), JsonPropertyName("renewable_percentage")] public double? RenewablePercentage { get; init; }

    /// <summary>The zone's load forecast for the interval, MW.</summary>
    [Key("load_forecast"), JsonPropertyName("load_forecast")] public double? LoadForecast { get; init; }

    /// <summary>When the market published this value, UTC.</summary>
    [Key("published_at"), JsonPropertyName("published_at")] public DateTime PublishedAt { get; init; }

    /// <summary>1 when first seen, one more each time the market republished another value.</summary>
    [Key("revision"), JsonPropertyName("revision")] public int Revision { get; init; }

    /// <summary>The feed it came from.</summary>
    [Key("source"), JsonPropertyName("source")] public string? Source { get; init; }

    /// <summary>Change against the interval just before, $/MWh; live prices only.</summary>
    [Key("change"), JsonPropertyName("change")] public double? Change { get; init; }

    /// <summary>Sample standard deviation of price changes over the last hour, $/MWh; live prices only.</summary>
    [Key("volatility_1h"), JsonPropertyName("volatility_1h")] public double? Volatility1h { get; init; }

    /// <summary>The same over 24 hours, $/MWh; live prices only.</summary>
    [Key("volatility_24h"), JsonPropertyName("volatility_24h")] public double? Volatility24h { get; init; }

    /// <summary>Exponentially weighted volatility of price changes (λ = 0.94), $/MWh; live prices only.</summary>
    [Key("volatility_ewma"), JsonPropertyName("volatility_ewma")] public double? VolatilityEwma { get; init; }

    /// <summary>Its JSON, made when it is first asked for.</summary>
    internal ReadOnlySpan<byte> Utf8 => _utf8 ??= JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Default.PriceView);

    /// <summary>For readers of the MessagePack and the JSON.</summary>
    public PriceView()
    {
    }

    [SetsRequiredMembers]
    private protected PriceView(in PriceTick tick, string? locationName, string? locationType, in PriceUpdate update)
    {
        MarketZone = tick.MarketZone.Name();
        Location = tick.Location;
        LocationName = locationName;
        LocationType = locationType;
        PriceType = tick.PriceType.Name();
        Timestamp = tick.Timestamp.UtcDateTime;
        IntervalMinutes = tick.IntervalMinutes;
        Price = tick.Price;
        EnergyCost = tick.EnergyCost;
        CongestionCost = tick.CongestionCost;
        LossCost = tick.LossCost;
        Volume = tick.Volume;
        RenewablePercentage = tick.RenewablePercentage;
        LoadForecast = tick.LoadForecast;
        PublishedAt = tick.PublishedAt.UtcDateTime;
        Revision = tick.Revision;
        Source = tick.Source;
        Change = update.Change;
        Volatility1h = update.Volatility1h;
        Volatility24h = update.Volatility24h;
        VolatilityEwma = update.VolatilityEwma;
    }

    internal static string NameOf(LocationType type) => TypeNames[(int)type - 1];

    internal static string? TypeOf(MarketLocation? location) => location is null ? null : NameOf(location.Type);

    internal static PriceView Of(in PriceUpdate update, MarketLocation? location) => new(update.Tick, location?.Name, TypeOf(location), update);

    internal static PriceView Of(in PriceRow row) => new(row.Tick, row.LocationName, row.LocationType, default);

    internal bool IsNamed(MarketLocation? location) => LocationName == location?.Name && LocationType == TypeOf(location);
}
