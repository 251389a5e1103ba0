using System.Text.Json.Serialization;
using MessagePack;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Zones;

/// <summary>A finding about the data, over REST and SignalR alike. What is not known or does not apply is null.</summary>
[MessagePackObject]
public sealed class QualityEventView
{
    /// <summary>Names it; the same when it is told again.</summary>
    [Key("id"), JsonPropertyName("id")] public required string Id { get; init; }

    /// <summary>The market.</summary>
    [Key("market_zone"), JsonPropertyName("market_zone")] public required string MarketZone { get; init; }

    /// <summary>The feed.</summary>
    [Key("feed"), JsonPropertyName("feed")] public string? Feed { get; init; }

    /// <summary>The market's id of the place.</summary>
    [Key("location"), JsonPropertyName("location")] public string? Location { get; init; }

    /// <summary>The price series.</summary>
    [Key("price_type"), JsonPropertyName("price_type")] public string? PriceType { get; init; }

    /// <summary>What is the matter, such as STALE_FEED.</summary>
    [Key("kind"), JsonPropertyName("kind")] public required string Kind { get; init; }

    /// <summary>INFO, WARNING or CRITICAL.</summary>
    [Key("severity"), JsonPropertyName("severity")] public required string Severity { get; init; }

    /// <summary>Start of the interval or hour with which it began, UTC.</summary>
    [Key("timestamp"), JsonPropertyName("timestamp")] public required DateTime Timestamp { get; init; }

    /// <summary>When it, or its end, was seen, UTC.</summary>
    [Key("observed_at"), JsonPropertyName("observed_at")] public required DateTime ObservedAt { get; init; }

    /// <summary>When it was seen to have ended, UTC.</summary>
    [Key("ended_at"), JsonPropertyName("ended_at")] public DateTime? EndedAt { get; init; }

    /// <summary>What was measured.</summary>
    [Key("value"), JsonPropertyName("value")] public double? Value { get; init; }

    /// <summary>The limit it is measured against.</summary>
    [Key("limit"), JsonPropertyName("limit")] public double? Limit { get; init; }

    /// <summary>How many findings it stands for.</summary>
    [Key("count"), JsonPropertyName("count")] public required int Count { get; init; }

    /// <summary>In words.</summary>
    [Key("message"), JsonPropertyName("message")] public required string Message { get; init; }

    internal static QualityEventView Of(QualityEvent finding) => new()
    {
        Id = finding.Id,
        MarketZone = finding.Zone.Name(),
        Feed = finding.Feed,
        Location = finding.Location,
        PriceType = finding.PriceType?.Name(),
        Kind = finding.Kind.Name(),
        Severity = finding.Severity.Name(),
        Timestamp = ApiTime.Of(finding.Timestamp),
        ObservedAt = ApiTime.Of(finding.ObservedAt),
        EndedAt = ApiTime.Of(finding.EndedAt),
        Value = finding.Value,
        Limit = finding.Limit,
        Count = finding.Count,
        Message = finding.Message,
    };
}

/// <summary>A page of findings, newest first.</summary>
/// <param name="Items">The findings.</param>
/// <param name="NextCursor">Goes on after this page; absent on the last.</param>
internal sealed record QualityEventPage(
    IReadOnlyList<QualityEventView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextCursor);
