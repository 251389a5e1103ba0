using OptiBid.Connectors.Credentials;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>Which credentials of a market are set, and where; never what to.</summary>
/// <param name="MarketZone">The market.</param>
/// <param name="ApiKey">Where the API key comes from: <c>vault</c> (set here), <c>configuration</c>, <c>none</c>, or <c>unknown</c> while no silo can be asked.</param>
/// <param name="Username">Where the user name comes from.</param>
/// <param name="Password">Where the password comes from.</param>
/// <param name="SetBy">Who set what the vault holds; null when it holds nothing.</param>
/// <param name="SetAt">When, UTC.</param>
/// <param name="Readable">False when what the vault holds cannot be decrypted any more: the configured ones are used then.</param>
internal sealed record CredentialsView(
    string MarketZone, string ApiKey, string Username, string Password, string? SetBy, DateTime? SetAt, bool Readable)
{
    public static CredentialsView Of(CredentialDescription description) => new(
        description.Zone.Name(),
        Text(description.ApiKey),
        Text(description.Username),
        Text(description.Password),
        description.SetBy,
        ApiTime.Of(description.SetAt),
        description.IsReadable);

    private static string Text(CredentialSource source) => source switch
    {
        CredentialSource.Vault => "vault",
        CredentialSource.Configuration => "configuration",
        CredentialSource.None => "none",
        _ => "unknown",
    };
}
