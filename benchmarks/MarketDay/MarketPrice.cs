using System.Text.Json.Serialization;

namespace OptiBid.Benchmarks.MarketDay;

/// <summary>A price as both the market's truth and the product's history write it, $/MWh.</summary>
internal sealed record MarketPrice(
    [property: JsonPropertyName("timestamp")] DateTimeOffset Timestamp,
    [property: JsonPropertyName("location")] string Location,
    [property: JsonPropertyName("price")] double Price,
    [property: JsonPropertyName("energy_cost")] double? Energy,
    [property: JsonPropertyName("congestion_cost")] double? Congestion,
    [property: JsonPropertyName("loss_cost")] double? Loss);
