namespace OptiBid.Client.Models;

/// <summary>An alert rule as it is kept.</summary>
public sealed record AlertRule
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Counts its changes, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>What its user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The market.</summary>
    public required string Zone { get; init; }

    /// <summary>The market's ids of the locations it is of.</summary>
    public required IReadOnlyList<string> Locations { get; init; }

    /// <summary>The price series; for DART the real-time one.</summary>
    public required string PriceType { get; init; }

    /// <summary>What it looks at: one of <see cref="AlertKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The threshold, in the kind's unit.</summary>
    public required double Threshold { get; init; }

    /// <summary>How far the value must come back before it can fire again, in the same unit.</summary>
    public required double Hysteresis { get; init; }

    /// <summary>How long after it has fired at a location it does not fire there again, seconds.</summary>
    public required double CoolDownSeconds { get; init; }

    /// <summary>False while it rests.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Where alerts are posted to; null for nowhere.</summary>
    public string? Webhook { get; init; }

    /// <summary>The secret that posts are signed with, in the answer to the call that made it and never again.</summary>
    public string? WebhookSecret { get; init; }
}
