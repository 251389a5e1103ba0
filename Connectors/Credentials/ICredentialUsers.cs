using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Credentials;

/// <summary>The silos, which call markets with the credentials, as the vault sees them. What stands in the way is told to the log, never to the caller.</summary>
internal interface ICredentialUsers
{
    /// <summary>Tells them that credentials have changed, so that they need not wait until they look by themselves.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);

    /// <summary>The parts of a zone's credentials that their configuration has; null when they do not answer.</summary>
    Task<CredentialParts?> ConfiguredAsync(MarketZone zone, CancellationToken cancellationToken);
}
