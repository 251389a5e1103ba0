namespace OptiBid.Gateway.Audit;

/// <summary>What a call was about where its path does not say it, for the record; a feature of its request.</summary>
/// <param name="Name">Its name.</param>
internal sealed record AuditTarget(string Name);
