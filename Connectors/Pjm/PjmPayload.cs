using System.Globalization;
using System.Text.Json;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;

namespace OptiBid.Connectors.Pjm;

/// <summary>One answer of Data Miner 2, understood.</summary>
/// <param name="Page">Its rows.</param>
/// <param name="NextStartRow">First row of the page the envelope says comes next.</param>
/// <param name="IsBare">True for a bare array or a CSV file, which say nothing of a next page themselves.</param>
/// <param name="Total">Rows there are in all, where the envelope says.</param>
internal sealed record PjmPayload(FeedPage Page, int? NextStartRow, bool IsBare, long? Total = null)
{
    /// <summary>Reads an envelope, a bare array or a CSV file.</summary>
    public static PjmPayload Read(IMarketFeed feed, PjmFeedDefinition definition, ReadOnlyMemory<byte> body, DateTimeOffset now, DateTimeOffset cursor)
    {
        Payload.RefuseMarkup(feed.Name, body.Span);
        Payload.RequireUtf8(feed.Name, body.Span);

        var rows = new PjmRows(feed, definition, now);
        return Payload.IsJson(body.Span)
            ? ReadJson(feed.Name, body, rows, cursor)
            : ReadCsv(feed.Name, body, rows, cursor);
    }

    private static PjmPayload ReadJson(string feed, ReadOnlyMemory<byte> body, PjmRows rows, DateTimeOffset cursor)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Array) return new(ReadItems(feed, root, rows, cursor), null, IsBare: true);

            if (root.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array)
                return new(ReadItems(feed, items, rows, cursor), NextLink(feed, root), IsBare: false, TotalRows(root));

            throw new MarketFeedException(feed, MarketErrors.Describe(root) is { } error
                ? $"the market reports an error: {error}"
                : "field items is missing: this is not an answer of Data Miner 2");
        }
        catch (JsonException error)
        {
            throw new MarketFeedException(feed, $"the body is not valid JSON: {error.Message}", error);
        }
    }

    private static FeedPage ReadItems(string feed, JsonElement items, PjmRows rows, DateTimeOffset cursor)
    {
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object) throw new MarketFeedException(feed, "an item is not a JSON object");
            rows.Add(name => item.TryGetProperty(name, out var value) ? Text(value) : null, name => item.TryGetProperty(name, out _));
        }

        return rows.Build(cursor);
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static PjmPayload ReadCsv(string feed, ReadOnlyMemory<byte> body, PjmRows rows, DateTimeOffset cursor)
    {
        using var csv = new CsvTable(feed, new MemoryStream(body.ToArray(), writable: false));
        rows.Require(name => csv.Find(name) >= 0, name => csv.Column(name));
        while (csv.Read())
        {
            if (csv.IsWhole) rows.Add(name => csv.Find(name) is >= 0 and var column ? csv[column] : null, _ => true);
            else rows.Reject("the row is shorter than the header");
        }

        return new(rows.Build(cursor), null, IsBare: true);
    }

    private static long? TotalRows(JsonElement root) =>
        root.TryGetProperty("totalRows", out var total) && long.TryParse(Text(total), NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? rows : null;

    private static int? NextLink(string feed, JsonElement root)
    {
        if (!root.TryGetProperty("links", out var links) || links.ValueKind != JsonValueKind.Array) return null;
        foreach (var link in links.EnumerateArray())
        {
            if (link.ValueKind != JsonValueKind.Object
                || !link.TryGetProperty("rel", out var rel) || !rel.ValueEquals("next")
                || !link.TryGetProperty("href", out var href))
            {
                continue;
            }

            foreach (var part in href.ToString().Split('?', '&'))
            {
                if (part.StartsWith("startRow=", StringComparison.OrdinalIgnoreCase) && int.TryParse(part.AsSpan(9), out var row)) return row;
            }

            throw new MarketFeedException(feed, "links: the next page has no startRow");
        }

        return null;
    }
}
