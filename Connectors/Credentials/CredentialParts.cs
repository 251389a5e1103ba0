using OptiBid.Connectors.Configuration;

namespace OptiBid.Connectors.Credentials;

/// <summary>Parts of a zone's credentials, without their values.</summary>
[Flags]
internal enum CredentialParts
{
    None = 0,
    ApiKey = 1,
    Username = 2,
    Password = 4,
}

/// <summary>Which parts credentials have.</summary>
internal static class CredentialPartsExtensions
{
    public static CredentialParts Parts(this MarketCredentials credentials) =>
        (credentials.ApiKey is null ? CredentialParts.None : CredentialParts.ApiKey)
        | (credentials.Username is null ? CredentialParts.None : CredentialParts.Username)
        | (credentials.Password is null ? CredentialParts.None : CredentialParts.Password);
}
