using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json;
using OptiBid.Grains.Interfaces;
using OptiBid.Streams.Kafka.Codecs;

namespace OptiBid.Grains.Quality;

/// <summary>A finding on the alerts topic: JSON with <c>"type":"quality"</c>, keyed by its location, or else its zone.</summary>
internal sealed record QualityEventJson(
    string Type, string State, string Id, MarketZone MarketZone, string? Feed, string? Location, PriceType? PriceType, QualityKind Kind, QualitySeverity Severity,
    DateTime Timestamp, DateTime ObservedAt, DateTime? EndedAt, double? Value, double? Limit, int Count, string Message)
{
    public static KafkaRecord Record(QualityEvent finding) => new(
        Encoding.UTF8.GetBytes(finding.Location ?? finding.Zone.Name()), JsonSerializer.SerializeToUtf8Bytes(Of(finding), QualityJson.Default.QualityEventJson));

    private static QualityEventJson Of(QualityEvent finding) => new(
        "quality", finding.EndedAt is null ? "BEGUN" : "ENDED", finding.Id, finding.Zone, finding.Feed, finding.Location, finding.PriceType, finding.Kind, finding.Severity,
        finding.Timestamp.UtcDateTime, finding.ObservedAt.UtcDateTime, finding.EndedAt?.UtcDateTime, finding.Value, finding.Limit, finding.Count, finding.Message);
}

/// <summary>Generated JSON of findings.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(QualityEventJson))]
internal sealed partial class QualityJson : JsonSerializerContext;
