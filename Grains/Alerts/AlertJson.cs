using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OptiBid.Grains.Interfaces;
using OptiBid.Streams.Kafka.Codecs;

namespace OptiBid.Grains.Alerts;

/// <summary>An alert on the alerts topic: JSON with <c>"type":"price"</c>, keyed by its location. One that comes twice has the same <c>id</c>.</summary>
internal sealed record AlertJson(
    string Type, string Id, string User, string RuleId, string RuleName, MarketZone MarketZone, string Location, PriceType PriceType, string Kind,
    DateTime Timestamp, double Value, double Threshold, double Price, DateTime FiredAt)
{
    public static KafkaRecord Record(Alert alert) => new(
        Encoding.UTF8.GetBytes(alert.Location), JsonSerializer.SerializeToUtf8Bytes(Of(alert), AlertJsonContext.Default.AlertJson));

    private static AlertJson Of(Alert alert) => new(
        "price", alert.Id, alert.User, alert.RuleId, alert.RuleName, alert.Zone, alert.Location, alert.PriceType, alert.Kind.Name(),
        alert.Timestamp.UtcDateTime, alert.Value, alert.Threshold, alert.Price, alert.FiredAt.UtcDateTime);
}

/// <summary>Generated JSON of alerts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AlertJson))]
internal sealed partial class AlertJsonContext : JsonSerializerContext;
