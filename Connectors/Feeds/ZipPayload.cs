using System.IO.Compression;
using System.Runtime.InteropServices;

namespace OptiBid.Connectors.Feeds;

/// <summary>The members of a zipped answer, unpacked as a stream and never past a bound.</summary>
internal static class ZipPayload
{
    private const int MembersAtMost = 100;

    /// <summary>Opens each member in turn; the stream is good until the next one is asked for.</summary>
    /// <param name="feed">The feed, for errors.</param>
    /// <param name="body">The zip's bytes.</param>
    /// <param name="unpackedLimit">Bytes that all members together may unpack to.</param>
    public static IEnumerable<(string Name, BoundedStream Content)> Members(string feed, ReadOnlyMemory<byte> body, long unpackedLimit)
    {
        using var archive = Open(feed, body);
        if (archive.Entries.Count is 0 or > MembersAtMost)
            throw new MarketFeedException(feed, $"the zip holds {archive.Entries.Count} files, expected 1 to {MembersAtMost}");

        foreach (var entry in archive.Entries)
        {
            using var content = new BoundedStream(feed, OpenEntry(feed, entry), unpackedLimit);
            yield return (entry.FullName, content);
            unpackedLimit -= content.Position;
        }
    }

    /// <summary>The error for a zip that unpacks well and holds nothing of use.</summary>
    public static MarketFeedException Useless(string feed, IEnumerable<string> names) =>
        new(feed, $"the zip holds no CSV file, only {string.Join(", ", names.Take(5).Select(name => name.Length <= 80 ? name : name[..80] + "…"))}");

    /// <summary>The error for a zip that breaks off or does not unpack.</summary>
    public static MarketFeedException Damaged(string feed, Exception inner) =>
        new(feed, $"the zip is truncated or damaged: {inner.Message}", inner);

    private static ZipArchive Open(string feed, ReadOnlyMemory<byte> body)
    {
        try
        {
            // A body is large and mostly an array already: it is read where it lies.
            var bytes = MemoryMarshal.TryGetArray(body, out var whole) ? whole : new ArraySegment<byte>(body.ToArray());
            var archive = new ZipArchive(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), ZipArchiveMode.Read);
            _ = archive.Entries.Count;
            return archive;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw Damaged(feed, error);
        }
    }

    private static Stream OpenEntry(string feed, ZipArchiveEntry entry)
    {
        try
        {
            return entry.Open();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw Damaged(feed, error);
        }
    }
}
