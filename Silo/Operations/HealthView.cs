using System.Text.Json.Serialization;

namespace OptiBid.Silo.Operations;

/// <summary>What <c>/health</c> answers.</summary>
internal sealed record HealthView(string Status, Dictionary<string, CheckView> Checks);

/// <summary>One check of <c>/health</c>.</summary>
internal sealed record CheckView(string Status, string? Description);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthView))]
internal sealed partial class HealthJson : JsonSerializerContext;
