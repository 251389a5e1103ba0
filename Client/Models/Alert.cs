namespace OptiBid.Client.Models;

/// <summary>An alert rule has fired at a location.</summary>
public sealed record Alert
{
    /// <summary>Names it; the same when it is told again, and the header <c>webhook-id</c> of its post.</summary>
    public required string Id { get; init; }

    /// <summary>The rule.</summary>
    public required string RuleId { get; init; }

    /// <summary>What its user calls the rule.</summary>
    public required string RuleName { get; init; }

    /// <summary>The market.</summary>
    public required string MarketZone { get; init; }

    /// <summary>The market's own id of the place.</summary>
    public required string Location { get; init; }

    /// <summary>The price series.</summary>
    public required string PriceType { get; init; }

    /// <summary>What the rule looks at: one of <see cref="AlertKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Start of the interval that fired it, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The value that passed the threshold, in the kind's unit.</summary>
    public required double Value { get; init; }

    /// <summary>The threshold.</summary>
    public required double Threshold { get; init; }

    /// <summary>The interval's price, $/MWh.</summary>
    public required double Price { get; init; }

    /// <summary>When it fired, UTC.</summary>
    public required DateTimeOffset FiredAt { get; init; }

    /// <summary>What became of its post to the webhook; null where the rule has none.</summary>
    public WebhookDelivery? Webhook { get; init; }
}
