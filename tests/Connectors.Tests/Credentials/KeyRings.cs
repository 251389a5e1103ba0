using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OptiBid.Connectors.Tests.Credentials;

/// <summary>Places for key rings: folders and certificates, gone at the end of the test.</summary>
public sealed class KeyRings : IDisposable
{
    public const string Password = "opens-the-certificate";

    private static readonly ConcurrentDictionary<string, Lazy<byte[]>> Certificates = new();

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("optibid-key-rings-");

    /// <summary>A path in a folder of the test's own.</summary>
    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>A shared folder.</summary>
    public (string, string) Folder(string name = "ring") => ("KeyRing:Folder", PathOf(name));

    /// <summary>A certificate, as settings of the ring in the database.</summary>
    public (string, string)[] Certificate(string name = "ring.pfx", string section = "KeyRing:Certificate") =>
        [($"{section}:Path", CertificateFile(name)), ($"{section}:Password", Password)];

    /// <summary>A certificate's file; certificates of the same name are the same in all tests.</summary>
    public string CertificateFile(string name)
    {
        var path = PathOf(name);
        File.WriteAllBytes(path, Certificates.GetOrAdd(name, static _ => new(Create)).Value);
        return path;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static byte[] Create()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=optibid-key-ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.Export(X509ContentType.Pkcs12, Password);
    }
}
