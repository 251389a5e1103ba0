using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Alerts;

/// <summary>What rules of <see cref="AlertKind.Staleness"/> have said of their locations last. For one caller at a time.</summary>
internal sealed class StaleLocations
{
    private readonly Dictionary<(string RuleId, int Version, string Location), bool> _said = [];

    /// <summary>What is to be reported of a location; null when nothing has changed.</summary>
    public AlertFinding? Look(PostedRule posted, string location, in PriceTick newest, DateTimeOffset now)
    {
        var rule = posted.Rule;
        var minutes = AlertConditions.Staleness(newest, now);
        return AlertConditions.Judge(rule, minutes) is { } holds && (!_said.TryGetValue((rule.Id, rule.Version, location), out var said) || said != holds)
            ? new(posted.User, new(rule.Id, rule.Version, location, holds, newest.Timestamp, minutes, newest.Price))
            : null;
    }

    /// <summary>Notes that the rule's user has a report.</summary>
    public void Said(AlertReport report) => _said[(report.RuleId, report.RuleVersion, report.Location)] = report.Holds;

    /// <summary>Forgets all but these rules.</summary>
    public void Keep(IEnumerable<AlertRule> rules)
    {
        var kept = rules.Select(static rule => (rule.Id, rule.Version)).ToHashSet();
        foreach (var key in _said.Keys.Where(key => !kept.Contains((key.RuleId, key.Version))).ToList()) _said.Remove(key);
    }
}
