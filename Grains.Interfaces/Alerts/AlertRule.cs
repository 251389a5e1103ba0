namespace OptiBid.Grains.Interfaces;

/// <summary>What a user wants to be told of.</summary>
[GenerateSerializer, Immutable, Alias("optibid.AlertRule")]
public sealed record AlertRule
{
    /// <summary>Locations that one rule may name.</summary>
    public const int MaxLocations = 100;

    /// <summary>Rules that one user may have.</summary>
    public const int MaxRules = 100;

    /// <summary>Its id; empty for one that is to be made.</summary>
    [Id(0)] public string Id { get; init; } = "";

    /// <summary>Counts its changes, from 1: an alert belongs to one version of a rule.</summary>
    [Id(1)] public int Version { get; init; }

    /// <summary>What the user calls it.</summary>
    [Id(2)] public required string Name { get; init; }

    /// <summary>The market.</summary>
    [Id(3)] public required MarketZone Zone { get; init; }

    /// <summary>The market's ids of the locations it is of, 1 to <see cref="MaxLocations"/>.</summary>
    [Id(4)] public required string[] Locations { get; init; }

    /// <summary>The price series; for DART the real-time one.</summary>
    [Id(5)] public required PriceType PriceType { get; init; }

    /// <summary>What it looks at.</summary>
    [Id(6)] public required AlertKind Kind { get; init; }

    /// <summary>The threshold, in the kind's unit; for prices and spreads zero and negative ones too.</summary>
    [Id(7)] public required double Threshold { get; init; }

    /// <summary>
    /// How far, in the threshold's unit, the value must come back before the rule can fire again; 0 or more. A rule of
    /// <see cref="AlertKind.Above"/> 100 with 10 fires beyond 100 and is armed again at 90 or less; one of
    /// <see cref="AlertKind.Below"/> 0 with 5 fires under 0 and is armed again at 5 or more.
    /// </summary>
    [Id(8)] public double Hysteresis { get; init; }

    /// <summary>
    /// How long after it has fired at a location the rule does not fire there again. What comes to hold in that time and
    /// still holds at its end fires then.
    /// </summary>
    [Id(9)] public TimeSpan CoolDown { get; init; }

    /// <summary>False while it is to rest.</summary>
    [Id(10)] public bool IsEnabled { get; init; } = true;

    /// <summary>Where alerts are posted to; null for nowhere.</summary>
    [Id(11)] public Uri? Webhook { get; init; }
}
