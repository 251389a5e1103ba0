namespace OptiBid.History.Tests;

/// <summary>Records of the audit log, around the noon of <see cref="Ticks"/>.</summary>
internal static class Actions
{
    public static AuditRecord At(int minute = 0, string actor = "ann@example.com", string action = "credentials.set", bool allowed = true) => new()
    {
        At = Ticks.Noon.AddMinutes(minute),
        Actor = actor,
        Action = action,
        Target = "PJM",
        Allowed = allowed,
        Status = allowed ? 200 : 403,
        Address = "10.0.0.7",
    };
}
