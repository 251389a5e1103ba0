using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Caiso;

/// <summary>
/// One answer of OASIS: a zip of CSV files, or of an XML error that came with status 200; also a bare CSV, a
/// bare XML error, and the web page that says calls came too fast.
/// </summary>
internal static class CaisoPayload
{
    private const int Beginning = 2000;
    private static readonly TimeSpan ThrottlePause = TimeSpan.FromSeconds(5);

    /// <summary>Reads an answer; one that says there is no data yet gives an empty page.</summary>
    public static FeedPage Read(IMarketFeed feed, CaisoFeedDefinition definition, ReadOnlyMemory<byte> body, long unpackedLimit, DateTimeOffset now, DateTimeOffset cursor)
    {
        var prices = new CaisoPrices(feed, definition, now);
        if (Payload.IsZip(body.Span))
        {
            ReadZip(feed.Name, body, unpackedLimit, prices);
        }
        else if (CaisoErrors.IsReport(body.Span))
        {
            CaisoErrors.ThrowUnlessNoData(feed.Name, new MemoryStream(body.ToArray(), writable: false));
        }
        else
        {
            if (CaisoErrors.IsThrottle(body.Span))
            {
                throw new MarketFeedException(feed.Name, $"the market says calls came too fast: \"{Payload.Words(body.Span)}\"")
                {
                    RetryAfter = ThrottlePause,
                };
            }

            Payload.RefuseMarkup(feed.Name, body.Span);
            prices.AddCsv(new MemoryStream(body.ToArray(), writable: false));
        }

        return prices.Build(cursor);
    }

    /// <summary>What a member is, is told from its first bytes before its name.</summary>
    private static void ReadZip(string feed, ReadOnlyMemory<byte> body, long unpackedLimit, CaisoPrices prices)
    {
        var isUnderstood = false;
        var names = new List<string>();
        foreach (var (name, content) in ZipPayload.Members(feed, body, unpackedLimit))
        {
            names.Add(name);
            var beginning = content.Peek(Beginning);
            if (CaisoErrors.IsReport(beginning) || (Payload.IsMarkup(beginning) && name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)))
            {
                CaisoErrors.ThrowUnlessNoData(feed, content);
                isUnderstood = true;
            }
            else if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            {
                Payload.RefuseMarkup(feed, beginning);
                prices.AddCsv(content);
                isUnderstood = true;
            }
        }

        if (!isUnderstood) throw ZipPayload.Useless(feed, names);
    }
}
