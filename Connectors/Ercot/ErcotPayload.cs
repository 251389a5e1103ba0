using System.Globalization;
using System.Text.Json;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>One page of ERCOT's public API: <c>fields</c> name the positions of each row in <c>data</c>.</summary>
/// <param name="Page">Its rows.</param>
/// <param name="Pages">Pages there are in all, where the answer says.</param>
/// <param name="Records">Rows there are in all, where the answer says.</param>
internal sealed record ErcotPayload(FeedPage Page, long? Pages, long? Records)
{
    /// <summary>Whether there is more: as the number of pages says, else a full page, or a number of rows that says more.</summary>
    /// <param name="page">This page's number, from 1.</param>
    /// <param name="size">Rows asked for.</param>
    /// <param name="read">Rows of this page and all before it.</param>
    public bool IsFollowed(int page, int size, long read) => Pages is { } pages ? page < pages : Page.RowsRead >= size || read < Records;

    /// <summary>Reads a page of day-ahead settlement point prices.</summary>
    public static ErcotPayload Read(IMarketFeed feed, ReadOnlyMemory<byte> body, DateTimeOffset now, DateTimeOffset cursor)
    {
        Payload.RefuseMarkup(feed.Name, body.Span);
        Payload.RequireUtf8(feed.Name, body.Span);
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw new MarketFeedException(feed.Name, "the body is not a JSON object");
            if (!root.TryGetProperty("fields", out var fields) || fields.ValueKind != JsonValueKind.Array
                || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
            {
                throw new MarketFeedException(feed.Name, MarketErrors.Describe(root) is { } error
                    ? $"the market reports an error: {error}"
                    : "field fields or data is missing: this is not an answer of the public API");
            }

            return new ErcotPayload(ReadRows(feed, fields, data, now, cursor), Meta(root, "totalPages"), Meta(root, "totalRecords"));
        }
        catch (JsonException error)
        {
            throw new MarketFeedException(feed.Name, $"the body is not valid JSON: {error.Message}", error);
        }
    }

    private static FeedPage ReadRows(IMarketFeed feed, JsonElement fields, JsonElement data, DateTimeOffset now, DateTimeOffset cursor)
    {
        string[] names = [.. fields.EnumerateArray().Select(field => field.ValueKind == JsonValueKind.Object && field.TryGetProperty("name", out var name) ? name.ToString().Trim() : field.ToString())];
        var date = Position("deliveryDate");
        var hour = Position("hourEnding");
        var point = Position("settlementPoint");
        var price = Position("settlementPointPrice");
        var flag = Position("DSTFlag");

        var page = new FeedPageBuilder(feed, PriceType.DayAheadHourly, now);
        foreach (var row in data.EnumerateArray())
        {
            page.CountRows();
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < names.Length)
                page.Reject("the row is shorter than fields");
            else if (!ErcotLabels.TryHour(row[date].ToString(), row[hour].ToString(), row[flag].ToString(), out var label))
                page.Reject("deliveryDate, hourEnding or DSTFlag cannot be read");
            else if (!label.TryToUtc(MarketClocks.Central, out var start))
                page.Reject("hourEnding names an hour the day does not have");
            else if (!page.Believes(start, "deliveryDate"))
                continue;
            else if (!FeedNumber.TryParse(row[price].ToString(), out var value))
                page.Reject("settlementPointPrice is blank or not a finite number");
            else
                Add(page, row[point].ToString().Trim(), start, value);
        }

        return page.Build(cursor);

        int Position(string name)
        {
            var position = Array.FindIndex(names, field => field.Equals(name, StringComparison.OrdinalIgnoreCase));
            return position >= 0 ? position : throw new MarketFeedException(feed.Name, $"field {name} is missing; the fields are: {string.Join(", ", names)}");
        }
    }

    private static void Add(FeedPageBuilder page, string point, DateTimeOffset start, double price) =>
        page.Add(page.Tick(point, start, price, DayAheadPublication.Of(start, MarketZone.ERCOT)), point, SettlementPoint.Type(point, type: null));

    /// <summary>A number of <c>_meta</c>, which may be written as text.</summary>
    private static long? Meta(JsonElement root, string name) =>
        root.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object
        && meta.TryGetProperty(name, out var value) && long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;
}
