using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OptiBid.History.ApiKeys;

/// <summary>
/// The text of a key, <c>optibid_&lt;id&gt;_&lt;secret&gt;</c>: a prefix that scanners for leaked secrets can look for, the
/// public id (64 bits) and the secret (256 bits), both as small hexadecimal digits. A secret as random as that needs no slow
/// hash: there is nothing to guess.
/// </summary>
/// <param name="Id">The public id.</param>
/// <param name="Text">The whole text: a secret.</param>
public sealed record ApiKeyText(string Id, string Text)
{
    /// <summary>How every key begins.</summary>
    public const string Prefix = "optibid_";

    private const int IdBytes = 8;
    private const int SecretBytes = 32;
    private const int SecretStart = 8 + 2 * IdBytes + 1;
    private const int Length = SecretStart + 2 * SecretBytes;

    /// <summary>A new key.</summary>
    public static ApiKeyText Create() => CreateFor(RandomNumberGenerator.GetHexString(2 * IdBytes, lowercase: true));

    /// <summary>A new secret for a key that there is.</summary>
    public static ApiKeyText CreateFor(string id) => new(id, $"{Prefix}{id}_{RandomNumberGenerator.GetHexString(2 * SecretBytes, lowercase: true)}");

    /// <summary>Reads a text that may be a key.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ApiKeyText? key)
    {
        var isKey = text is { Length: Length } && text.StartsWith(Prefix, StringComparison.Ordinal) && text[SecretStart - 1] == '_'
            && IsHex(text.AsSpan(Prefix.Length, 2 * IdBytes)) && IsHex(text.AsSpan(SecretStart));
        key = isKey ? new(text!.Substring(Prefix.Length, 2 * IdBytes), text) : null;
        return isKey;
    }

    /// <summary>True for what could be the id of a key.</summary>
    public static bool IsId(string text) => text.Length == 2 * IdBytes && IsHex(text);

    /// <summary>SHA-256 of the text: what is stored.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>Without the secret, for whatever prints it.</summary>
    public override string ToString() => $"{Prefix}{Id}_…";

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept("0123456789abcdef");
}
