using System.Text.Json;
using System.Text.Json.Serialization;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Webhooks;

/// <summary>An alert as it is posted: as <c>GET /api/v1/alerts</c> has it, without what became of the post.</summary>
internal sealed record WebhookBody(
    string Id, string RuleId, string RuleName, string MarketZone, string Location, string PriceType, string Kind, DateTime Timestamp, double Value, double Threshold, double Price, DateTime FiredAt)
{
    /// <summary>The bytes to be signed and sent.</summary>
    public static byte[] Of(Alert alert) => JsonSerializer.SerializeToUtf8Bytes(
        new(
            alert.Id, alert.RuleId, alert.RuleName, alert.Zone.Name(), alert.Location, alert.PriceType.Name(), alert.Kind.Name(), alert.Timestamp.UtcDateTime,
            alert.Value, alert.Threshold, alert.Price, alert.FiredAt.UtcDateTime),
        WebhookJson.Default.WebhookBody);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class WebhookJson : JsonSerializerContext;
