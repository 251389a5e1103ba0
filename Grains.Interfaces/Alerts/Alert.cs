namespace OptiBid.Grains.Interfaces;

/// <summary>A rule has fired at a location.</summary>
[GenerateSerializer, Immutable, Alias("optibid.Alert")]
public sealed record Alert
{
    /// <summary>Its id: the same whenever the same interval fires the same version of a rule.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Whose rule it is: the subject of his token.</summary>
    [Id(1)] public required string User { get; init; }

    /// <summary>The id of the rule.</summary>
    [Id(2)] public required string RuleId { get; init; }

    /// <summary>The rule's name.</summary>
    [Id(3)] public required string RuleName { get; init; }

    /// <summary>The market.</summary>
    [Id(4)] public required MarketZone Zone { get; init; }

    /// <summary>The market's own id of the place.</summary>
    [Id(5)] public required string Location { get; init; }

    /// <summary>The price series.</summary>
    [Id(6)] public required PriceType PriceType { get; init; }

    /// <summary>What the rule looks at.</summary>
    [Id(7)] public required AlertKind Kind { get; init; }

    /// <summary>Start of the interval that fired it, UTC.</summary>
    [Id(8)] public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The value that passed the threshold, in the kind's unit.</summary>
    [Id(9)] public required double Value { get; init; }

    /// <summary>The threshold.</summary>
    [Id(10)] public required double Threshold { get; init; }

    /// <summary>The interval's price, $/MWh.</summary>
    [Id(11)] public required double Price { get; init; }

    /// <summary>When it fired, UTC.</summary>
    [Id(12)] public required DateTimeOffset FiredAt { get; init; }

    /// <summary>What became of its post to the webhook; null where the rule has none.</summary>
    [Id(13)] public WebhookDelivery? Webhook { get; init; }
}

/// <summary>What became of an alert's post to a webhook.</summary>
/// <param name="Attempts">Attempts so far.</param>
/// <param name="DeliveredAt">When it was taken, UTC; null as long as it was not.</param>
/// <param name="NextAttempt">When it is tried again, UTC; null when it was taken or given up.</param>
/// <param name="LastError">What went wrong last, in words; null when nothing has.</param>
[GenerateSerializer, Immutable, Alias("optibid.WebhookDelivery")]
public sealed record WebhookDelivery(
    [property: Id(0)] int Attempts,
    [property: Id(1)] DateTimeOffset? DeliveredAt,
    [property: Id(2)] DateTimeOffset? NextAttempt,
    [property: Id(3)] string? LastError);
