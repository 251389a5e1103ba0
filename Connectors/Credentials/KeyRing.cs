using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
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
/// Credentials are written and first read a few times a month, so the ring is opened for each use instead. Only encrypting
/// adds keys: who decrypts needs no right to write.
/// </remarks>
internal sealed class KeyRing(IOptions<KeyRingOptions> options, IProtectedValues values)
{
    /// <summary>Both are part of what a value is encrypted with: change one and what is stored is lost.</summary>
    private const string ApplicationName = "OptiBid.Orleans";
    private const string Purpose = "OptiBid.Connectors.Credentials.v1";

    /// <summary>Where the keys are, in words.</summary>
    public string Place => options.Value.Place;

    /// <summary>Encrypts for one zone; no other zone's name decrypts it.</summary>
    /// <exception cref="KeyRingException">There is no key ring, or it cannot be used.</exception>
    /// <exception cref="HistoryUnavailableException">The keys are in the database, which is away.</exception>
    public async Task<byte[]> ProtectAsync(MarketZone zone, byte[] plain, CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
        {
            throw new KeyRingException(
                $"Credentials cannot be set at run time: silos and gateways have no keys in common. Set {KeyRingOptions.Section}:Folder to a folder they all " +
                $"share, or {KeyRingOptions.Section}:Certificate:Path (and :Password) to keep the keys in the database, on every silo and gateway.");
        }

        try
        {
            return await UseAsync(zone, mayAddKeys: true, protector => protector.Protect(plain), cancellationToken);
        }
        catch (CryptographicException error)
        {
            throw new KeyRingException($"Credentials cannot be encrypted with the keys in {Place}: {(error.InnerException ?? error).Message}", error);
        }
    }

    /// <summary>Decrypts what was encrypted for the zone.</summary>
    /// <exception cref="CryptographicException">The ring has not the key, or the bytes were changed.</exception>
    /// <exception cref="KeyRingException">There is no key ring, or it cannot be used.</exception>
    /// <exception cref="HistoryUnavailableException">The keys are in the database, which is away.</exception>
    public Task<byte[]> UnprotectAsync(MarketZone zone, byte[] encrypted, CancellationToken cancellationToken) =>
        options.Value.IsConfigured
            ? UseAsync(zone, mayAddKeys: false, protector => protector.Unprotect(encrypted), cancellationToken)
            : throw new KeyRingException($"No {KeyRingOptions.Section} is configured.");

    private async Task<byte[]> UseAsync(MarketZone zone, bool mayAddKeys, Func<IDataProtector, byte[]> use, CancellationToken cancellationToken)
    {
        var chosen = options.Value;
        var inDatabase = chosen.Folder is null ? await KeysInDatabase.LoadAsync(values, cancellationToken) : null;
        IXmlRepository keys = inDatabase is not null ? inDatabase : new FileSystemXmlRepository(new DirectoryInfo(chosen.Folder!), NullLoggerFactory.Instance);

        var services = new ServiceCollection();
        var protection = services.AddDataProtection().SetApplicationName(ApplicationName);
        services.Configure<KeyManagementOptions>(management => (management.XmlRepository, management.AutoGenerateKeys) = (keys, mayAddKeys));
        if (chosen.Certificate.Path is not null) protection.ProtectKeysWithCertificate(chosen.Certificate.Load());
        protection.UnprotectKeysWithAnyCertificate([.. chosen.Certificates.Select(certificate => certificate.Load())]);

        await using var provider = services.BuildServiceProvider();
        var result = use(provider.GetDataProtector(Purpose, zone.Name()));
        // Before the value that needs it: a key that is stored for nothing does no harm.
        if (inDatabase is not null) await inDatabase.SaveAsync(values, cancellationToken);
        return result;
    }
}
