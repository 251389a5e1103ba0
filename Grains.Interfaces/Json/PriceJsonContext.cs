using System.Text.Json.Serialization;

namespace OptiBid.Grains.Interfaces.Json;

/// <summary>Generated writing (and tolerant reading) of the wire contract: snake_case names, nulls written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PriceTick))]
public sealed partial class PriceJsonContext : JsonSerializerContext;
