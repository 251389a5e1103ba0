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
            Finite(alert.Value), alert.Threshold, Finite(alert.Price), alert.FiredAt.UtcDateTime),
        WebhookJson.Default.WebhookBody);

    /// <summary>JSON has no number for what is infinite.</summary>
    private static double Finite(double value) => double.IsNaN(value) ? 0 : Math.Clamp(value, double.MinValue, double.MaxValue);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class WebhookJson : JsonSerializerContext;
