namespace OptiBid.Connectors.Configuration;

/// <summary>What a market wants of who calls it.</summary>
/// <param name="ApiKey">Subscription key (PJM, ERCOT).</param>
/// <param name="Username">User name for the token (ERCOT).</param>
/// <param name="Password">Password for the token (ERCOT).</param>
public sealed record MarketCredentials(string? ApiKey = null, string? Username = null, string? Password = null)
{
    /// <summary>Names what is set, never what it is set to.</summary>
    public override string ToString() =>
        $"ApiKey {Said(ApiKey)}, Username {Said(Username)}, Password {Said(Password)}";

    private static string Said(string? secret) => secret is null ? "not set" : "set";
}
