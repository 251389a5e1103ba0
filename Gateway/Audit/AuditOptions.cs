namespace OptiBid.Gateway.Audit;

/// <summary>Section <c>Audit</c>: how much of the audit log waits for its store.</summary>
public sealed class AuditOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Audit";

    /// <summary>
    /// Records kept while the store is slow or away, some 500 bytes each. Past that new ones are given up and counted; calls
    /// denied outside of administration may fill half of it, so that a crowd of them pushes out no change.
    /// </summary>
    public int Buffer { get; set; } = 10_000;

    /// <summary>One line that says what is wrong; null when nothing is.</summary>
    public string? FindFault() => Buffer is < 2 or > 1_000_000 ? $"{Section}:Buffer: {Buffer} is not between 2 and 1000000." : null;
}
