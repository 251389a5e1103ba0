using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Caiso.Oasis;

/// <summary>
/// One answer of OASIS: a zip of CSV files, or of an XML error that came with status 200; also a bare CSV, a
/// bare XML error, and the web page that says calls came too fast.
/// </summary>
internal static class OasisAnswer
{
    private const int Beginning = 2000;
    private static readonly TimeSpan ThrottlePause = TimeSpan.FromSeconds(5);

    /// <summary>Hands over each CSV file of an answer, one after the other; none when the market has no data (yet).</summary>
    /// <param name="feed">The feed, for errors.</param>
    /// <param name="body">The answer.</param>
    /// <param name="unpackedLimit">Bytes a zip may unpack to.</param>
    /// <param name="take">Takes a file in.</param>
    /// <exception cref="MarketFeedException">It is no data.</exception>
    public static void Read(string feed, ReadOnlyMemory<byte> body, long unpackedLimit, Action<Stream> take)
    {
        if (Payload.IsZip(body.Span))
        {
            ReadZip(feed, body, unpackedLimit, take);
            return;
        }

        if (OasisErrors.IsReport(body.Span))
        {
            OasisErrors.ThrowUnlessNoData(feed, new MemoryStream(body.ToArray(), writable: false));
            return;
        }

        if (OasisErrors.IsThrottle(body.Span))
        {
            throw new MarketFeedException(feed, $"the market says calls came too fast: \"{Payload.Words(body.Span)}\"")
            {
                RetryAfter = ThrottlePause,
            };
        }

        Payload.RefuseMarkup(feed, body.Span);
        take(new MemoryStream(body.ToArray(), writable: false));
    }

    /// <summary>What a member is, is told from its first bytes before its name.</summary>
    private static void ReadZip(string feed, ReadOnlyMemory<byte> body, long unpackedLimit, Action<Stream> take)
    {
        var isUnderstood = false;
        var names = new List<string>();
        foreach (var (name, content) in ZipPayload.Members(feed, body, unpackedLimit))
        {
            names.Add(name);
            var beginning = content.Peek(Beginning);
            if (OasisErrors.IsReport(beginning) || (Payload.IsMarkup(beginning) && name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)))
            {
                OasisErrors.ThrowUnlessNoData(feed, content);
                isUnderstood = true;
            }
            else if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            {
                Payload.RefuseMarkup(feed, beginning);
                take(content);
                isUnderstood = true;
            }
        }

        if (!isUnderstood) throw ZipPayload.Useless(feed, names);
    }
}
