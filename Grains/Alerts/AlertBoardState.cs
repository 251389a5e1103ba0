using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Alerts;

/// <summary>What is kept of a zone's rules.</summary>
[GenerateSerializer, Alias("optibid.AlertBoardState")]
public sealed class AlertBoardState
{
    /// <summary>Counts changes.</summary>
    [Id(0)] public long Version { get; set; }

    /// <summary>By user.</summary>
    [Id(1)] public Dictionary<string, UsersRules> Users { get; set; } = [];
}

/// <summary>A user's rules of one zone.</summary>
/// <param name="Version">The user's count of changes.</param>
/// <param name="Rules">The rules.</param>
[GenerateSerializer, Immutable, Alias("optibid.UsersRules")]
public sealed record UsersRules([property: Id(0)] long Version, [property: Id(1)] AlertRule[] Rules);
