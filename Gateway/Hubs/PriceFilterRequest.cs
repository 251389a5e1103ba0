using System.Text.Json;
using System.Text.Json.Serialization;
using MessagePack;

namespace OptiBid.Gateway.Hubs;

/// <summary>What a SignalR client wants to hear of. A list that is empty or left out means all.</summary>
[MessagePackObject]
public sealed class PriceFilterRequest
{
    /// <summary>Zones, such as <c>PJM</c>.</summary>
    [Key("zones"), JsonPropertyName("zones")] public IReadOnlyList<string>? Zones { get; init; }

    /// <summary>Locations, by the market's id or by a name that only one location of a zone bears.</summary>
    [Key("locations"), JsonPropertyName("locations")] public IReadOnlyList<string>? Locations { get; init; }

    /// <summary>Price series, such as <c>REAL_TIME_5_MIN</c>.</summary>
    [Key("price_types"), JsonPropertyName("price_types")] public IReadOnlyList<string>? PriceTypes { get; init; }

    /// <summary>Most pushes a second, 0.1 to 20; left out, 4.</summary>
    [Key("max_rate_hz"), JsonPropertyName("max_rate_hz")] public double? MaxRateHz { get; init; }

    /// <summary>Fields that there are not, so that a mistyped one is refused instead of widening the filter. JSON only.</summary>
    [IgnoreMember, JsonExtensionData] public Dictionary<string, JsonElement>? Unknown { get; set; }
}
