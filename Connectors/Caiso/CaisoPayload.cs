using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Caiso;

/// <summary>
/// One answer of OASIS: a zip of CSV files, or of an XML error that came with status 200; also a bare CSV, a
/// bare XML error, and the web page that says calls came too fast.
/// </summary>
internal static class CaisoPayload
{
    private static readonly TimeSpan ThrottlePause = TimeSpan.FromSeconds(5);

    /// <summary>Reads an answer; one that says there is no data yet gives an empty page.</summary>
    public static FeedPage Read(IMarketFeed feed, CaisoFeedDefinition definition, ReadOnlyMemory<byte> body, long unpackedLimit, DateTimeOffset now, DateTimeOffset cursor)
    {
        var prices = new CaisoPrices(feed, definition, now);
        if (Payload.IsZip(body.Span))
        {
            foreach (var (name, content) in ZipPayload.Members(feed.Name, body, unpackedLimit))
            {
                if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) prices.AddCsv(content);
                else if (name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) CaisoErrors.ThrowUnlessNoData(feed.Name, content);
            }
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
}
