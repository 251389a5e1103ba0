using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Ercot;

/// <summary>The tables in a file of ERCOT's: a zip of CSV files, or a bare one.</summary>
internal static class ErcotFile
{
    /// <summary>Opens each table in turn; it is good until the next one is asked for.</summary>
    /// <param name="feed">The feed, for errors.</param>
    /// <param name="body">The file's bytes.</param>
    /// <param name="unpackedLimit">Bytes it may unpack to.</param>
    public static IEnumerable<IErcotTable> Tables(string feed, ReadOnlyMemory<byte> body, long unpackedLimit)
    {
        if (!Payload.IsZip(body.Span))
        {
            Payload.RefuseMarkup(feed, body.Span);
            using var bare = new ErcotCsvTable(feed, new MemoryStream(body.ToArray(), writable: false));
            yield return bare;
            yield break;
        }

        var names = new List<string>();
        var tables = 0;
        foreach (var (name, content) in ZipPayload.Members(feed, body, unpackedLimit))
        {
            names.Add(name);
            if (!name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) continue;
            Payload.RefuseMarkup(feed, content.Peek(200));
            using var table = new ErcotCsvTable(feed, content);
            tables++;
            yield return table;
        }

        if (tables == 0) throw ZipPayload.Useless(feed, names);
    }
}
