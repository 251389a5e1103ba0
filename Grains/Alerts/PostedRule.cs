using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Alerts;

/// <summary>A rule in force.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Rule">The rule.</param>
[GenerateSerializer, Immutable, Alias("optibid.PostedRule")]
internal sealed record PostedRule([property: Id(0)] string User, [property: Id(1)] AlertRule Rule);

/// <summary>A zone's rules in force.</summary>
/// <param name="Version">Another number after each change.</param>
/// <param name="Rules">The rules.</param>
[GenerateSerializer, Immutable, Alias("optibid.PostedRules")]
internal sealed record PostedRules([property: Id(0)] long Version, [property: Id(1)] PostedRule[] Rules);
