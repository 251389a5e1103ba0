using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Alerts;

/// <summary>What is kept of one user's rules.</summary>
[GenerateSerializer, Alias("optibid.AlertRulesState")]
public sealed class AlertRulesState
{
    /// <summary>Counts changes of rules.</summary>
    [Id(0)] public long Version { get; set; }

    /// <summary>The rules, oldest first.</summary>
    [Id(1)] public List<KeptRule> Rules { get; set; } = [];

    /// <summary>What has fired lately, oldest first.</summary>
    [Id(2)] public List<Alert> Alerts { get; set; } = [];

    /// <summary>Ids of alerts that the alerts topic may not have been told of.</summary>
    [Id(3)] public List<string> Untold { get; set; } = [];

    /// <summary>Zones whose boards may not have the present rules.</summary>
    [Id(4)] public List<MarketZone> Unposted { get; set; } = [];
}

/// <summary>A rule, and what is known of it.</summary>
[GenerateSerializer, Alias("optibid.KeptRule")]
public sealed class KeptRule
{
    /// <summary>The rule.</summary>
    [Id(0)] public required AlertRule Rule { get; set; }

    /// <summary>The sealed secret of its webhook; null without one.</summary>
    [Id(1)] public string? SealedSecret { get; set; }

    /// <summary>By location, what this version of the rule was told last; those where it has never held are left out.</summary>
    [Id(2)] public Dictionary<string, HeardOf> Heard { get; set; } = [];
}

/// <summary>What a rule was told of one location.</summary>
[GenerateSerializer, Alias("optibid.HeardOf")]
public sealed class HeardOf
{
    /// <summary>Whether its condition holds there.</summary>
    [Id(0)] public bool Holds { get; set; }

    /// <summary>Start of the interval since which that is so, UTC.</summary>
    [Id(1)] public DateTimeOffset Since { get; set; }

    /// <summary>Start of the interval that it fired at last, UTC; null when it never has.</summary>
    [Id(2)] public DateTimeOffset? FiredAt { get; set; }

    /// <summary>End of the time in which it does not fire again, UTC.</summary>
    [Id(3)] public DateTimeOffset RestsUntil { get; set; }

    /// <summary>What has come to hold while it rests.</summary>
    [Id(4)] public AlertReport? Waiting { get; set; }
}
