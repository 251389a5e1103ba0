using System.Text.Json.Serialization;
using MessagePack;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Alerts;

/// <summary>A rule has fired at a location, over REST, server-sent events and SignalR alike.</summary>
[MessagePackObject]
public sealed class AlertView
{
    internal const string Example = """
        {"id":"0f6c2b9e-3-51288-20261122T172500Z","rule_id":"0f6c2b9e","rule_name":"Western Hub dear","market_zone":"PJM","location":"51288","price_type":"REAL_TIME_5_MIN","kind":"ABOVE",
         "timestamp":"2026-11-22T17:25:00Z","value":104.2,"threshold":100,"price":104.2,"fired_at":"2026-11-22T17:26:33.18Z",
         "webhook":{"attempts":1,"delivered_at":"2026-11-22T17:26:33.61Z","next_attempt":null,"last_error":null}}
        """;

    /// <summary>Names it; the same when it is told again.</summary>
    [Key("id"), JsonPropertyName("id")] public required string Id { get; init; }

    /// <summary>The rule.</summary>
    [Key("rule_id"), JsonPropertyName("rule_id")] public required string RuleId { get; init; }

    /// <summary>What its user calls the rule.</summary>
    [Key("rule_name"), JsonPropertyName("rule_name")] public required string RuleName { get; init; }

    /// <summary>The market.</summary>
    [Key("market_zone"), JsonPropertyName("market_zone")] public required string MarketZone { get; init; }

    /// <summary>The market's own id of the place.</summary>
    [Key("location"), JsonPropertyName("location")] public required string Location { get; init; }

    /// <summary>The price series.</summary>
    [Key("price_type"), JsonPropertyName("price_type")] public required string PriceType { get; init; }

    /// <summary>What the rule looks at, such as ABOVE.</summary>
    [Key("kind"), JsonPropertyName("kind")] public required string Kind { get; init; }

    /// <summary>Start of the interval that fired it, UTC.</summary>
    [Key("timestamp"), JsonPropertyName("timestamp")] public required DateTime Timestamp { get; init; }

    /// <summary>The value that passed the threshold, in the kind's unit.</summary>
    [Key("value"), JsonPropertyName("value")] public required double Value { get; init; }

    /// <summary>The threshold.</summary>
    [Key("threshold"), JsonPropertyName("threshold")] public required double Threshold { get; init; }

    /// <summary>The interval's price, $/MWh.</summary>
    [Key("price"), JsonPropertyName("price")] public required double Price { get; init; }

    /// <summary>When it fired, UTC.</summary>
    [Key("fired_at"), JsonPropertyName("fired_at")] public required DateTime FiredAt { get; init; }

    /// <summary>What became of its post to the webhook; null where the rule has none.</summary>
    [Key("webhook"), JsonPropertyName("webhook")] public WebhookDeliveryView? Webhook { get; init; }

    internal static AlertView Of(Alert alert) => new()
    {
        Id = alert.Id,
        RuleId = alert.RuleId,
        RuleName = alert.RuleName,
        MarketZone = alert.Zone.Name(),
        Location = alert.Location,
        PriceType = alert.PriceType.Name(),
        Kind = alert.Kind.Name(),
        Timestamp = ApiTime.Of(alert.Timestamp),
        Value = Finite(alert.Value),
        Threshold = alert.Threshold,
        Price = Finite(alert.Price),
        FiredAt = ApiTime.Of(alert.FiredAt),
        Webhook = WebhookDeliveryView.Of(alert.Webhook),
    };

    /// <summary>A price may be infinitely many deviations from the median of prices that were all the same; JSON has no number for that.</summary>
    private static double Finite(double value) => double.IsNaN(value) ? 0 : Math.Clamp(value, double.MinValue, double.MaxValue);
}

/// <summary>What became of an alert's post to a webhook.</summary>
[MessagePackObject]
public sealed class WebhookDeliveryView
{
    /// <summary>Attempts so far.</summary>
    [Key("attempts"), JsonPropertyName("attempts")] public required int Attempts { get; init; }

    /// <summary>When it was taken, UTC; null as long as it was not.</summary>
    [Key("delivered_at"), JsonPropertyName("delivered_at")] public DateTime? DeliveredAt { get; init; }

    /// <summary>When it is tried again, UTC; null when it was taken or given up.</summary>
    [Key("next_attempt"), JsonPropertyName("next_attempt")] public DateTime? NextAttempt { get; init; }

    /// <summary>What went wrong last, in words; null when nothing has.</summary>
    [Key("last_error"), JsonPropertyName("last_error")] public string? LastError { get; init; }

    internal static WebhookDeliveryView? Of(WebhookDelivery? delivery) => delivery is null ? null : new()
    {
        Attempts = delivery.Attempts,
        DeliveredAt = ApiTime.Of(delivery.DeliveredAt),
        NextAttempt = ApiTime.Of(delivery.NextAttempt),
        LastError = delivery.LastError,
    };
}

/// <summary>A page of alerts, newest first.</summary>
/// <param name="Items">The alerts.</param>
/// <param name="NextCursor">Goes on after this page; absent on the last.</param>
internal sealed record AlertPage(
    IReadOnlyList<AlertView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextCursor);
