using System.Globalization;
using System.Text;
using System.Text.Json;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// One page of ERCOT's public API: <c>fields</c> name the positions of each row in <c>data</c>. The rows are read one by one from
/// the bytes, so that a long page takes no more memory than its body.
/// </summary>
internal sealed class ErcotJsonTable : IErcotTable
{
    private readonly string _feed;
    private readonly string[] _names;
    private readonly List<string> _cells = [];
    private readonly ReadOnlyMemory<byte> _data;
    private JsonReaderState _state;
    private int _consumed;

    private ErcotJsonTable(string feed, string[] names, ReadOnlyMemory<byte> data)
    {
        (_feed, _names, _data) = (feed, names, data);
        var reader = new Utf8JsonReader(data.Span);
        reader.Read();
        Keep(reader);
    }

    /// <summary>Pages there are in all, where the answer says.</summary>
    public long? Pages { get; private init; }

    /// <summary>Rows there are in all, where the answer says.</summary>
    public long? Records { get; private init; }

    public bool IsWhole { get; private set; }

    public string this[int column] => _cells[column];

    /// <summary>Reads all but the rows.</summary>
    public static ErcotJsonTable Open(string feed, ReadOnlyMemory<byte> body)
    {
        Payload.RefuseMarkup(feed, body.Span);
        Payload.RequireUtf8(feed, body.Span);
        try
        {
            return Find(feed, body);
        }
        catch (JsonException error)
        {
            throw new MarketFeedException(feed, $"the body is not valid JSON: {error.Message}", error);
        }
    }

    /// <summary>Whether there is more: as the number of pages says, else a full page, or a number of rows that says more.</summary>
    /// <param name="page">This page's number, from 1.</param>
    /// <param name="size">Rows asked for.</param>
    /// <param name="here">Rows of this page.</param>
    /// <param name="read">Rows of this page and all before it.</param>
    public bool IsFollowed(int page, int size, long here, long read) => Pages is { } pages ? page < pages : here >= size || read < Records;

    public bool Read()
    {
        var reader = new Utf8JsonReader(_data.Span[_consumed..], isFinalBlock: true, _state);
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray) return false;

        _cells.Clear();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) _cells.Add(Cell(ref reader));
        }
        else
        {
            reader.Skip();
        }

        IsWhole = _cells.Count >= _names.Length;
        Keep(reader);
        return true;
    }

    public int Column(params ReadOnlySpan<string> names)
    {
        var column = Find(names);
        return column >= 0
            ? column
            : throw new MarketFeedException(_feed, $"field {string.Join(" or ", names.ToArray())} is missing; the fields are: {string.Join(", ", _names)}");
    }

    public int Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var column = Array.FindIndex(_names, field => field.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (column >= 0) return column;
        }

        return -1;
    }

    public void Dispose()
    {
    }

    private static ErcotJsonTable Find(string feed, ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new MarketFeedException(feed, "the body is not a JSON object");

        string[]? names = null;
        ReadOnlyMemory<byte>? data = null;
        var (pages, records) = ((long?)null, (long?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            if (property == "data" && reader.TokenType == JsonTokenType.StartArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                data = body[start..(int)reader.BytesConsumed];
            }
            else if (property == "fields" && reader.TokenType == JsonTokenType.StartArray)
            {
                using var fields = JsonDocument.ParseValue(ref reader);
                names = [.. fields.RootElement.EnumerateArray().Select(Name)];
            }
            else if (property == "_meta")
            {
                using var meta = JsonDocument.ParseValue(ref reader);
                (pages, records) = (Number(meta.RootElement, "totalPages"), Number(meta.RootElement, "totalRecords"));
            }
            else
            {
                reader.Skip();
            }
        }

        // What stands behind the end of the object makes it no JSON.
        while (reader.Read())
        {
        }

        return names is not null && data is { } rows
            ? new ErcotJsonTable(feed, names, rows) { Pages = pages, Records = records }
            : throw new MarketFeedException(feed, Error(body) ?? "field fields or data is missing: this is not an answer of the public API");
    }

    private static string? Error(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return MarketErrors.Describe(json.RootElement) is { } error ? $"the market reports an error: {error}" : null;
    }

    private static string Name(JsonElement field) =>
        field.ValueKind == JsonValueKind.Object && field.TryGetProperty("name", out var name) ? name.ToString().Trim() : field.ToString().Trim();

    /// <summary>A number of <c>_meta</c>, which may be written as text.</summary>
    private static long? Number(JsonElement meta, string name) =>
        meta.ValueKind == JsonValueKind.Object && meta.TryGetProperty(name, out var value)
        && long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static string Cell(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString()!.Trim();
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                reader.Skip();
                return "";
            case JsonTokenType.Null:
                return "";
            default:
                return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private void Keep(in Utf8JsonReader reader)
    {
        _consumed += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }
}
