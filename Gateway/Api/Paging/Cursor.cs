using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OptiBid.Gateway.Api.Problems;

namespace OptiBid.Gateway.Api.Paging;

/// <summary>
/// The opaque place in a list: base64url of a version, the call it is of, a fingerprint of the call's filters, the
/// place itself and a checksum. It holds nothing secret and grants nothing: whoever forges one gets a place in a
/// list that he may read anyway.
/// </summary>
internal static class Cursor
{
    private const byte Version = 1;
    private const int ChecksumLength = 4;
    private const int LongestText = 2_048;

    /// <summary>Writes a cursor.</summary>
    /// <param name="call">Which call it is of.</param>
    /// <param name="filters">The call's filters in words; a cursor serves only the same ones.</param>
    /// <param name="place">Writes the place.</param>
    public static string Write(char call, string filters, Action<BinaryWriter> place)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Version);
            writer.Write((byte)call);
            writer.Write(Fingerprint(filters));
            place(writer);
            writer.Flush();
            writer.Write(Checksum(bytes));
        }

        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>Reads a cursor back.</summary>
    /// <exception cref="ApiProblem">It is none, or of another call.</exception>
    public static T Read<T>(string text, char call, string filters, Func<BinaryReader, T> place)
    {
        var bytes = Decode(text) ?? throw Invalid(text);
        using var stream = new MemoryStream(bytes, 0, bytes.Length - ChecksumLength, writable: false, publiclyVisible: true);
        if (!Checksum(stream).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - ChecksumLength))) throw Invalid(text);

        using var reader = new BinaryReader(stream, Encoding.UTF8);
        try
        {
            if (reader.ReadByte() != Version || reader.ReadByte() != (byte)call) throw Invalid(text);
            if (reader.ReadUInt64() != Fingerprint(filters))
                throw ApiProblem.InvalidCursor(text, "The cursor is of a call with other parameters. Keep them as they were, or start again without it.");

            var read = place(reader);
            return stream.Position == stream.Length ? read : throw Invalid(text);
        }
        catch (Exception error) when (error is IOException or ArgumentException or FormatException)
        {
            throw Invalid(text);
        }
    }

    private static byte[]? Decode(string text)
    {
        if (text.Length > LongestText || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        return bytes.Length > ChecksumLength ? bytes : null;
    }

    private static ulong Fingerprint(string filters) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(filters)));

    private static byte[] Checksum(MemoryStream bytes) => SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))[..ChecksumLength];

    private static ApiProblem Invalid(string text) => ApiProblem.InvalidCursor(text, "This is not a cursor of this call. Start again without it.");
}
