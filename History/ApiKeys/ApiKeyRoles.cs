namespace OptiBid.History.ApiKeys;

/// <summary>The roles that a key can have, each with the rights of those before it.</summary>
public static class ApiKeyRoles
{
    /// <summary>By name, the least first.</summary>
    public static readonly IReadOnlyList<string> All = ["viewer", "trader", "operator", "admin"];
}
