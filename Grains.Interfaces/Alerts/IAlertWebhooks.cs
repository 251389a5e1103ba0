namespace OptiBid.Grains.Interfaces;

/// <summary>Posts alerts to the addresses that users gave. A silo's service, called by the grains that keep what is to be posted.</summary>
public interface IAlertWebhooks
{
    /// <summary>Makes a secret and seals it for keeping.</summary>
    /// <returns>The secret to be shown once, and the sealed form to be kept.</returns>
    Task<(string Secret, string Sealed)> MakeSecretAsync();

    /// <summary>Tries once to post an alert, signed (Standard Webhooks: <c>webhook-id</c>, <c>webhook-timestamp</c>, <c>webhook-signature</c>).</summary>
    /// <param name="address">Where to; never an address of a private network, wherever its name leads.</param>
    /// <param name="sealedSecret">The sealed secret.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Null when it was taken (2xx), else what went wrong, in words without secrets.</returns>
    Task<string?> TryPostAsync(Uri address, string sealedSecret, Alert alert, CancellationToken cancellationToken);
}
