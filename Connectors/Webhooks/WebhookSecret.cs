using System.Security.Cryptography;
using System.Text;

namespace OptiBid.Connectors.Webhooks;

/// <summary>A secret that posts are signed with, and the signature, as Standard Webhooks has them: <c>whsec_</c> and base64; HMAC-SHA-256.</summary>
internal sealed class WebhookSecret(byte[] key)
{
    private const string Prefix = "whsec_";
    private const int Length = 32;

    /// <summary>A new one, by chance.</summary>
    public static WebhookSecret Create() => new(RandomNumberGenerator.GetBytes(Length));

    /// <exception cref="FormatException">It is none.</exception>
    public static WebhookSecret Parse(string text) => text.StartsWith(Prefix, StringComparison.Ordinal)
        ? new(Convert.FromBase64String(text[Prefix.Length..]))
        : throw new FormatException("A webhook's secret begins with whsec_.");

    /// <summary>The bytes to be kept, sealed.</summary>
    public byte[] Key => key;

    /// <summary>The form that its user gets.</summary>
    public string Text => Prefix + Convert.ToBase64String(key);

    /// <summary>The header <c>webhook-signature</c> of a post.</summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: seconds since 1970.</param>
    /// <param name="body">The body.</param>
    public string Sign(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}.{timestamp}.")));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(WebhookSecret);
}
