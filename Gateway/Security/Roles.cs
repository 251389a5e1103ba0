using System.Security.Claims;

namespace OptiBid.Gateway.Security;

/// <summary>The roles there are, each with the rights of those below it. A token without any of them says who somebody is, and lets him do no more than anybody.</summary>
internal static class Roles
{
    /// <summary>May change who gets in and as whom: market credentials, API keys; and read the audit log.</summary>
    public const string Administrating = "admin";

    /// <summary>May look into the machinery and mend it: connectors, backfills, dashboard, metrics.</summary>
    public static readonly string[] Operating = ["operator", Administrating];

    /// <summary>May keep alert rules and take history away as files.</summary>
    public static readonly string[] Trading = ["trader", .. Operating];

    /// <summary>May read prices.</summary>
    public static readonly string[] Reading = ["viewer", .. Trading];

    /// <summary>True for a caller whose token carries one of the roles.</summary>
    public static bool MayRead(ClaimsPrincipal? caller) => caller is not null && Reading.Any(caller.IsInRole);
}
