using System.Globalization;
using System.Text.Json;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Ercot;

/// <summary>A file of ERCOT's document list.</summary>
/// <param name="Id">What it is downloaded by.</param>
/// <param name="PublishedAt">When it was posted, UTC.</param>
/// <param name="Name">What the market calls it.</param>
internal readonly record struct ErcotDocument(string Id, DateTimeOffset PublishedAt, string Name)
{
    /// <summary>Reads a document list: its CSV files, oldest first. The XML twins are passed over.</summary>
    public static IReadOnlyList<ErcotDocument> ReadList(string feed, ReadOnlyMemory<byte> body)
    {
        Payload.RefuseMarkup(feed, body.Span);
        Payload.RequireUtf8(feed, body.Span);
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("ListDocsByRptTypeRes", out var result) || result.ValueKind != JsonValueKind.Object)
            {
                throw new MarketFeedException(feed, "field ListDocsByRptTypeRes is missing: this is not a document list");
            }

            // A report without files has no list; one with a single file may have an object in place of the array.
            if (!result.TryGetProperty("DocumentList", out var list)) return [];
            IEnumerable<JsonElement> entries = list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [list];
            return [.. entries.Select(entry => Read(feed, entry)).OfType<ErcotDocument>().OrderBy(document => document.PublishedAt)];
        }
        catch (JsonException error)
        {
            throw new MarketFeedException(feed, $"the document list is not valid JSON: {error.Message}", error);
        }
    }

    private static ErcotDocument? Read(string feed, JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("Document", out var document) || document.ValueKind != JsonValueKind.Object)
            throw new MarketFeedException(feed, "field Document is missing from an entry of the document list");

        var name = Text(document, "FriendlyName");
        if (name is not null && name.EndsWith("xml", StringComparison.OrdinalIgnoreCase)) return null;

        var id = Text(document, "DocID") ?? throw new MarketFeedException(feed, "field DocID is missing from the document list");
        return DateTimeOffset.TryParse(Text(document, "PublishDate"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var published)
            ? new ErcotDocument(id, published, name ?? id)
            : throw new MarketFeedException(feed, "field PublishDate of the document list is missing or not a time");
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ToString() : null;
}
