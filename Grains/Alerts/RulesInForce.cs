using System.Collections.Frozen;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Alerts;

/// <summary>The rules of all zones that prices are looked at with, by location. Never changes: a change is another one.</summary>
internal sealed class RulesInForce
{
    private static readonly PostedRule[] None = [];

    private readonly FrozenDictionary<LocationId, PostedRule[]> _rules;

    public RulesInForce(IEnumerable<PostedRule> rules) =>
        _rules = rules
            .Where(static posted => posted.Rule.IsEnabled && posted.Rule.Kind != AlertKind.Staleness)
            .SelectMany(static posted => posted.Rule.Locations.Select(location => (Location: new LocationId(posted.Rule.Zone, location), Posted: posted)))
            .GroupBy(static pair => pair.Location, static pair => pair.Posted)
            .ToFrozenDictionary(static group => group.Key, static group => group.ToArray());

    public static RulesInForce Empty { get; } = new([]);

    /// <summary>The rules that look at a location; not those of <see cref="AlertKind.Staleness"/>, which no price brings about.</summary>
    public PostedRule[] At(in LocationId location) => _rules.Count > 0 && _rules.TryGetValue(location, out var rules) ? rules : None;
}
