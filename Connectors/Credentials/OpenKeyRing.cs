using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Credentials;

/// <summary>A key ring as it was when it was opened.</summary>
/// <remarks>
/// Data Protection tries keys it cannot read ten times over two seconds at the first use and blocks meanwhile, so several
/// values are better decrypted with one.
/// </remarks>
internal sealed class OpenKeyRing : IAsyncDisposable
{
    /// <summary>Both are part of what a value is encrypted with: change one and what is stored is lost.</summary>
    private const string ApplicationName = "OptiBid.Orleans";
    private const string Purpose = "OptiBid.Connectors.Credentials.v1";

    private readonly ServiceProvider _protection;
    private readonly KeysInDatabase? _inDatabase;
    private readonly IReadOnlyList<X509Certificate2> _certificates;

    private OpenKeyRing(ServiceProvider protection, KeysInDatabase? inDatabase, IReadOnlyList<X509Certificate2> certificates) =>
        (_protection, _inDatabase, _certificates) = (protection, inDatabase, certificates);

    /// <exception cref="KeyRingException">A certificate or a key cannot be read.</exception>
    /// <exception cref="HistoryUnavailableException">The keys are in the database, which is away.</exception>
    public static async Task<OpenKeyRing> OpenAsync(KeyRingOptions options, IProtectedValues values, bool mayAddKeys, CancellationToken cancellationToken)
    {
        var inDatabase = options.Folder is null ? await KeysInDatabase.LoadAsync(values, cancellationToken) : null;
        IXmlRepository keys = inDatabase is not null ? inDatabase : new FileSystemXmlRepository(new DirectoryInfo(options.Folder!), NullLoggerFactory.Instance);

        var services = new ServiceCollection();
        var protection = services.AddDataProtection().SetApplicationName(ApplicationName);
        services.Configure<KeyManagementOptions>(management => (management.XmlRepository, management.AutoGenerateKeys) = (keys, mayAddKeys));
        X509Certificate2[] certificates = [.. options.Certificates.Select(certificate => certificate.Load())];
        if (options.Certificate.Path is not null) protection.ProtectKeysWithCertificate(certificates[0]);
        protection.UnprotectKeysWithAnyCertificate(certificates);
        return new(services.BuildServiceProvider(), inDatabase, certificates);
    }

    /// <exception cref="CryptographicException">There is no key, and none can be added.</exception>
    public byte[] Protect(MarketZone zone, byte[] plain) => Protector(zone).Protect(plain);

    /// <summary>Encrypts what is no zone's; no other purpose decrypts it.</summary>
    /// <exception cref="CryptographicException">There is no key, and none can be added.</exception>
    public byte[] Protect(string purpose, byte[] plain) => _protection.GetDataProtector(purpose).Protect(plain);

    /// <exception cref="CryptographicException">The ring has not the key, or the bytes were changed.</exception>
    public byte[] Unprotect(MarketZone zone, byte[] encrypted) => Protector(zone).Unprotect(encrypted);

    /// <summary>Decrypts what was encrypted for a purpose.</summary>
    /// <exception cref="CryptographicException">The ring has not the key, or the bytes were changed.</exception>
    public byte[] Unprotect(string purpose, byte[] encrypted) => _protection.GetDataProtector(purpose).Unprotect(encrypted);

    /// <summary>Stores keys that were added. To be done before what they encrypt is stored: a key for nothing does no harm.</summary>
    public Task SaveAsync(IProtectedValues values, CancellationToken cancellationToken) => _inDatabase?.SaveAsync(values, cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _protection.DisposeAsync();
        foreach (var certificate in _certificates) certificate.Dispose();
    }

    private IDataProtector Protector(MarketZone zone) => _protection.GetDataProtector(Purpose, zone.Name());
}
