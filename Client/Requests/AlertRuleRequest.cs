namespace OptiBid.Client.Requests;

/// <summary>What a user wants to be told of.</summary>
/// <param name="Name">What he calls it.</param>
/// <param name="Zone">The market, such as <see cref="MarketZones.Pjm"/>.</param>
/// <param name="Locations">The locations, by the market's id or by a name that only one location of the zone bears.</param>
/// <param name="Kind">What it looks at: one of <see cref="AlertKinds"/>.</param>
/// <param name="Threshold">The threshold, in the kind's unit; may be zero or negative for prices and spreads.</param>
public sealed record AlertRuleRequest(string Name, string Zone, IReadOnlyList<string> Locations, string Kind, double Threshold)
{
    /// <summary>The price series; null for the real-time one with the shortest interval.</summary>
    public string? PriceType { get; init; }

    /// <summary>How far the value must come back before the rule can fire again; null for 0.</summary>
    public double? Hysteresis { get; init; }

    /// <summary>How long after it has fired at a location it does not fire there again, seconds; null for 0.</summary>
    public double? CoolDownSeconds { get; init; }

    /// <summary>False to let it rest; null for true.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Address that alerts are posted to; null for none.</summary>
    public string? Webhook { get; init; }
}
