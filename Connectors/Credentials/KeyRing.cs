using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Credentials;

/// <summary>
/// The keys that credentials are encrypted with: a ring of ASP.NET Core Data Protection that silos and gateways share, apart
/// from the one the web host has for itself.
/// </summary>
/// <remarks>
/// Data Protection keeps a ring it has read for a day, and in that time would not know a key that another process has added.
/// Credentials are written and first read a few times a month, so the ring is opened anew for that instead. Only encrypting
/// adds keys: who decrypts needs no right to write.
/// </remarks>
internal sealed class KeyRing(IOptions<KeyRingOptions> options, IProtectedValues values)
{
    /// <summary>Where the keys are, in words.</summary>
    public string Place => options.Value.Place;

    /// <summary>Whether there is a ring at all.</summary>
    public bool IsConfigured => options.Value.IsConfigured;

    /// <summary>Encrypts for one zone; no other zone's name decrypts it.</summary>
    /// <exception cref="KeyRingException">There is no key ring, or it cannot be used.</exception>
    /// <exception cref="HistoryUnavailableException">The keys are in the database, which is away.</exception>
    public Task<byte[]> ProtectAsync(MarketZone zone, byte[] plain, CancellationToken cancellationToken) => ProtectAsync(ring => ring.Protect(zone, plain), cancellationToken);

    /// <summary>Encrypts what is no zone's; no other purpose decrypts it.</summary>
    /// <exception cref="KeyRingException">There is no key ring, or it cannot be used.</exception>
    /// <exception cref="HistoryUnavailableException">The keys are in the database, which is away.</exception>
    public Task<byte[]> ProtectAsync(string purpose, byte[] plain, CancellationToken cancellationToken) => ProtectAsync(ring => ring.Protect(purpose, plain), cancellationToken);

    /// <summary>The ring as it is now, to decrypt with.</summary>
    /// <exception cref="KeyRingException">There is no key ring, or it cannot be used.</exception>
    /// <exception cref="HistoryUnavailableException">The keys are in the database, which is away.</exception>
    public Task<OpenKeyRing> OpenAsync(CancellationToken cancellationToken) =>
        options.Value.IsConfigured
            ? OpenKeyRing.OpenAsync(options.Value, values, mayAddKeys: false, cancellationToken)
            : throw new KeyRingException($"No {KeyRingOptions.Section} is configured.");

    private async Task<byte[]> ProtectAsync(Func<OpenKeyRing, byte[]> protect, CancellationToken cancellationToken)
    {
        if (!IsConfigured)
        {
            throw new KeyRingException(
                $"Credentials cannot be set at run time: silos and gateways have no keys in common. Set {KeyRingOptions.Section}:Folder to a folder they all " +
                $"share, or {KeyRingOptions.Section}:Certificate:Path (and :Password) to keep the keys in the database, on every silo and gateway.");
        }

        try
        {
            await using var ring = await OpenKeyRing.OpenAsync(options.Value, values, mayAddKeys: true, cancellationToken);
            var encrypted = protect(ring);
            await ring.SaveAsync(values, cancellationToken);
            return encrypted;
        }
        catch (CryptographicException error)
        {
            throw new KeyRingException($"Credentials cannot be encrypted with the keys in {Place}: {(error.InnerException ?? error).Message}", error);
        }
    }
}
