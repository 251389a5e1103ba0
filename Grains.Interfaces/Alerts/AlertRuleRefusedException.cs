namespace OptiBid.Grains.Interfaces;

/// <summary>A rule cannot be kept; the message says why.</summary>
[GenerateSerializer, Alias("optibid.AlertRuleRefusedException")]
public sealed class AlertRuleRefusedException(string message, bool isUnknown) : Exception(message)
{
    /// <summary>True when there is no rule of that id.</summary>
    [Id(0)] public bool IsUnknown { get; } = isUnknown;
}
