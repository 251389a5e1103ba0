namespace OptiBid.Connectors.Credentials;

/// <summary>
/// Section <c>KeyRing</c>: where the keys are that market credentials set at run time are encrypted with. Every silo and
/// gateway of a deployment needs the same.
/// </summary>
public sealed class KeyRingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "KeyRing";

    /// <summary>
    /// A folder that all silos and gateways share and nobody else reads. Left out, the keys are in the history's database
    /// when there is a <see cref="Certificate"/>, and else, beside an embedded history, in <c>keys</c> under <c>Data:Directory</c>.
    /// </summary>
    public string? Folder { get; set; }

    /// <summary>Encrypts the keys themselves; needed where they are in the database.</summary>
    public KeyRingCertificate Certificate { get; set; } = new();

    /// <summary>Certificates that were in use before: keys encrypted with them are still read.</summary>
    public List<KeyRingCertificate> PreviousCertificates { get; set; } = [];

    /// <summary>Whether there is a ring at all: in a cluster there is none until one is configured.</summary>
    internal bool IsConfigured => Folder is not null || Certificate.Path is not null;

    /// <summary>The certificate now in use, if any, then the previous ones.</summary>
    internal IEnumerable<KeyRingCertificate> Certificates => Certificate.Path is null ? PreviousCertificates : [Certificate, .. PreviousCertificates];

    /// <summary>Where the keys are, in words.</summary>
    internal string Place => Folder is not null ? $"the folder {Path.GetFullPath(Folder)}"
        : Certificate.Path is not null ? $"the database under the certificate {Certificate.Path}"
        : "no key ring";

    /// <summary>An environment variable that is set to nothing means the same as one that is not set.</summary>
    internal void ForgetBlanks()
    {
        if (string.IsNullOrWhiteSpace(Folder)) Folder = null;
        foreach (var certificate in (IEnumerable<KeyRingCertificate>)[Certificate, .. PreviousCertificates])
            if (string.IsNullOrWhiteSpace(certificate.Path)) certificate.Path = null;
    }
}
