using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Credentials;

/// <summary>Which of a zone's credentials are set, and where; never what to.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="ApiKey">Where the API key comes from.</param>
/// <param name="Username">Where the user name comes from.</param>
/// <param name="Password">Where the password comes from.</param>
/// <param name="SetBy">Who set what the vault holds; null when it holds nothing.</param>
/// <param name="SetAt">When, UTC.</param>
/// <param name="IsReadable">
/// False when the vault holds credentials that cannot be decrypted here, because their key is lost: the configured ones are used then.
/// </param>
public sealed record CredentialDescription(
    MarketZone Zone,
    CredentialSource ApiKey,
    CredentialSource Username,
    CredentialSource Password,
    string? SetBy,
    DateTimeOffset? SetAt,
    bool IsReadable);

/// <summary>Where a part of a zone's credentials comes from.</summary>
public enum CredentialSource
{
    /// <summary>It is not set.</summary>
    None,

    /// <summary>From the silos' configuration.</summary>
    Configuration,

    /// <summary>An administrator has set it at run time.</summary>
    Vault,

    /// <summary>Not from the vault; the silos do not say at the moment whether their configuration has it.</summary>
    Unknown,
}
