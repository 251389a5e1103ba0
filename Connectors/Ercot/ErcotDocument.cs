using System.Text.Json;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Ercot;

/// <summary>A file of ERCOT's, as a list of documents or the archive names it.</summary>
/// <param name="Id">What it is downloaded by.</param>
/// <param name="PublishedAt">When it was posted, UTC.</param>
/// <param name="Name">What the market calls it.</param>
internal readonly record struct ErcotDocument(string Id, DateTimeOffset PublishedAt, string Name)
{
    /// <summary>Reads a document list: its CSV files, oldest first. The XML twins are passed over, and files of another report.</summary>
    public static IReadOnlyList<ErcotDocument> ReadList(string feed, ReadOnlyMemory<byte> body, int? reportTypeId = null) => Read(feed, body, root =>
    {
        if (!root.TryGetProperty("ListDocsByRptTypeRes", out var result) || result.ValueKind != JsonValueKind.Object)
            throw new MarketFeedException(feed, "field ListDocsByRptTypeRes is missing: this is not a document list");

        // A report without files has no list; one with a single file may have an object in place of the array.
        if (!result.TryGetProperty("DocumentList", out var list) || list.ValueKind == JsonValueKind.Null) return [];
        IEnumerable<JsonElement> entries = list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [list];
        return entries.Select(entry => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("Document", out var document) && document.ValueKind == JsonValueKind.Object
            ? IsOf(document, reportTypeId) ? One(feed, document, ["DocID"], ["PublishDate"], ["FriendlyName", "ConstructedName"]) : null
            : throw new MarketFeedException(feed, "field Document is missing from an entry of the document list"));
    });

    /// <summary>Reads a page of the public API's archive listing, oldest first, and how many pages there are.</summary>
    public static (IReadOnlyList<ErcotDocument> Documents, long Pages) ReadArchive(string feed, ReadOnlyMemory<byte> body)
    {
        var pages = 1L;
        var documents = Read(feed, body, root =>
        {
            if (root.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty("totalPages", out var total)
                && long.TryParse(total.ToString(), out var said))
            {
                pages = said;
            }

            return root.TryGetProperty("archives", out var archives) && archives.ValueKind == JsonValueKind.Array
                ? archives.EnumerateArray().Select(entry => entry.ValueKind == JsonValueKind.Object
                    ? One(feed, entry, ["docId", "docID"], ["postDatetime"], ["friendlyName"])
                    : throw new MarketFeedException(feed, "an entry of archives is not an object"))
                : throw new MarketFeedException(feed, "field archives is missing: this is not an archive listing");
        });
        return (documents, pages);
    }

    private static IReadOnlyList<ErcotDocument> Read(string feed, ReadOnlyMemory<byte> body, Func<JsonElement, IEnumerable<ErcotDocument?>> entries)
    {
        Payload.RefuseMarkup(feed, body.Span);
        Payload.RequireUtf8(feed, body.Span);
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw new MarketFeedException(feed, "the list is not a JSON object");
            return [.. entries(json.RootElement).OfType<ErcotDocument>().OrderBy(document => document.PublishedAt)];
        }
        catch (JsonException error)
        {
            throw new MarketFeedException(feed, $"the document list is not valid JSON: {error.Message}", error);
        }
    }

    private static ErcotDocument? One(string feed, JsonElement document, string[] ids, string[] times, string[] names)
    {
        var name = Text(document, names);
        if (name is not null && name.EndsWith("xml", StringComparison.OrdinalIgnoreCase)) return null;

        var id = Text(document, ids) ?? throw new MarketFeedException(feed, $"field {ids[0]} is missing from the document list");
        // ERCOT puts xhr into the names of what it posts in the repeated hour.
        var isRepeated = name?.Contains("xhr", StringComparison.OrdinalIgnoreCase) == true;
        return ErcotLabels.TryInstant(Text(document, times), isRepeated, out var published)
            ? new ErcotDocument(id, published, name ?? id)
            : throw new MarketFeedException(feed, $"field {times[0]} of the document list is missing or not a time");
    }

    private static bool IsOf(JsonElement document, int? reportTypeId) =>
        reportTypeId is not { } wanted || !int.TryParse(Text(document, ["ReportTypeID"]), out var id) || id == wanted;

    private static string? Text(JsonElement element, string[] names)
    {
        foreach (var name in names)
        {
            if (element.TryGetProperty(name, out var value) && value.ToString() is { Length: > 0 } text) return text;
        }

        return null;
    }
}
