using System.Security.Cryptography.X509Certificates;

namespace OptiBid.Connectors.Credentials;

/// <summary>A certificate with its private RSA key, in a PFX file.</summary>
public sealed class KeyRingCertificate
{
    /// <summary>The file.</summary>
    public string? Path { get; set; }

    /// <summary>Its password; none where left out.</summary>
    public string? Password { get; set; }

    /// <summary>Reads the file: anew each time, so that a renewed one is taken without a restart.</summary>
    /// <exception cref="KeyRingException">It cannot be read, or cannot encrypt keys; says why.</exception>
    internal X509Certificate2 Load()
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(Path!, Password);
            using var key = certificate.GetRSAPrivateKey();
            if (key is not null) return certificate;
            certificate.Dispose();
            throw new KeyRingException($"the certificate {Path} has no private RSA key.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new KeyRingException($"the certificate {Path} cannot be read with the password given: {error.Message}", error);
        }
    }
}
