namespace OptiBid.Grains.Interfaces;

/// <summary>A rule's condition has come to hold at a location, or no longer holds.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="RuleVersion">Its version.</param>
/// <param name="Location">The location.</param>
/// <param name="Holds">Whether the condition holds now.</param>
/// <param name="Timestamp">Start of the interval it was found at, UTC.</param>
/// <param name="Value">The value, in the kind's unit.</param>
/// <param name="Price">The interval's price, $/MWh.</param>
[GenerateSerializer, Immutable, Alias("optibid.AlertReport")]
public sealed record AlertReport(
    [property: Id(0)] string RuleId,
    [property: Id(1)] int RuleVersion,
    [property: Id(2)] string Location,
    [property: Id(3)] bool Holds,
    [property: Id(4)] DateTimeOffset Timestamp,
    [property: Id(5)] double Value,
    [property: Id(6)] double Price);

/// <summary>A report and whose rule it is of.</summary>
/// <param name="User">The rule's user.</param>
/// <param name="Report">The report.</param>
[GenerateSerializer, Immutable, Alias("optibid.AlertFinding")]
public sealed record AlertFinding([property: Id(0)] string User, [property: Id(1)] AlertReport Report);
