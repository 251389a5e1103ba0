using System.Globalization;
using System.Text;
using System.Text.Json;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;

namespace OptiBid.Connectors.Pjm;

/// <summary>
/// JSON read row by row: an envelope whose <c>items</c> may stand before or after the rest, or a bare array. The reader picks up
/// where the last row ended, so that only the row's own text is held beside the body.
/// </summary>
internal sealed class PjmJsonTable : PjmTable
{
    private const int Absent = -1;

    private readonly string _feed;
    private readonly ReadOnlyMemory<byte> _body;
    private readonly IReadOnlyList<PjmColumn> _columns;
    private readonly byte[][] _names;
    private readonly (int Start, int Length)[] _cells;
    private char[] _text = new char[512];
    private int _used;
    private JsonReaderState _state;
    private int _at;
    private bool _isBare;
    private bool _isOver;
    private long? _total;
    private int? _next;

    public PjmJsonTable(string feed, ReadOnlyMemory<byte> body, IReadOnlyList<PjmColumn> columns)
    {
        (_feed, _body, _columns) = (feed, body, columns);
        _names = [.. columns.Select(column => Encoding.UTF8.GetBytes(column.Name)), .. columns.Select(column => Encoding.UTF8.GetBytes(column.OtherName ?? ""))];
        _cells = new (int, int)[columns.Count];
        Guarded(FindItems);
    }

    public override bool IsBare => _isBare;

    public override long? Total => _total;

    public override int? NextRow => _next;

    public override ReadOnlySpan<char> this[int column] =>
        _cells[column] is { Length: > 0 } cell ? _text.AsSpan(cell.Start, cell.Length).Trim() : [];

    public override bool Read() => !_isOver && Guarded(ReadItem);

    private bool Guarded(Step step)
    {
        try
        {
            var reader = new Utf8JsonReader(_body.Span[_at..], isFinalBlock: true, _state);
            var isFound = step(ref reader);
            _at += (int)reader.BytesConsumed;
            _state = reader.CurrentState;
            return isFound;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter for text that is no text: half of a surrogate pair.
            throw new MarketFeedException(_feed, $"the body is not valid JSON: {error.Message}", error);
        }
    }

    private bool FindItems(ref Utf8JsonReader reader)
    {
        reader.Read();
        _isBare = reader.TokenType == JsonTokenType.StartArray;
        return _isBare || ReadEnvelope(ref reader, stopsAtItems: true) ? true : throw NoItems();
    }

    private bool ReadItem(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadRow(ref reader);
            return true;
        }

        if (reader.TokenType != JsonTokenType.EndArray) throw new MarketFeedException(_feed, "an item is not a JSON object");

        _isOver = true;
        if (!_isBare) ReadEnvelope(ref reader, stopsAtItems: false);
        // Nothing may follow; the reader says so itself.
        reader.Read();
        return false;
    }

    /// <summary>Reads the envelope on, up to its end or into the array of items.</summary>
    private bool ReadEnvelope(ref Utf8JsonReader reader, bool stopsAtItems)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isItems = Is(reader.ValueSpan, "items"u8);
            var isTotal = Is(reader.ValueSpan, "totalRows"u8);
            var isLinks = Is(reader.ValueSpan, "links"u8);
            reader.Read();
            if (isItems && stopsAtItems && reader.TokenType == JsonTokenType.StartArray) return true;
            if (isTotal) _total = Whole(ref reader);
            else if (isLinks) _next = NextLink(JsonElement.ParseValue(ref reader));
            else reader.Skip();
        }

        return false;
    }

    private void ReadRow(ref Utf8JsonReader reader)
    {
        _used = 0;
        _cells.AsSpan().Fill((0, Absent));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = Find(reader.ValueSpan);
            reader.Read();
            if (column == Absent) reader.Skip();
            else _cells[column] = Keep(ref reader);
        }

        if (Rows++ > 0) return;
        for (var column = 0; column < _cells.Length; column++)
        {
            if (_columns[column].IsRequired && _cells[column].Length == Absent) throw new MarketFeedException(_feed, $"field {_columns[column].Name} is missing");
        }
    }

    private (int Start, int Length) Keep(ref Utf8JsonReader reader)
    {
        var start = _used;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) reader.Skip();
        else if (reader.TokenType != JsonTokenType.Null)
        {
            while (_text.Length - _used < reader.ValueSpan.Length) Array.Resize(ref _text, _text.Length * 2);
            _used += reader.TokenType == JsonTokenType.String
                ? reader.CopyString(_text.AsSpan(_used))
                : Encoding.UTF8.GetChars(reader.ValueSpan, _text.AsSpan(_used));
        }

        return (start, _used - start);
    }

    private int Find(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (Is(name, _names[i])) return i % _columns.Count;
        }

        return Absent;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> wanted) => name.Length == wanted.Length && Ascii.EqualsIgnoreCase(name, wanted);

    private static long? Whole(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.String)
            return long.TryParse(reader.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? rows : null;
        reader.Skip();
        return null;
    }

    private int? NextLink(JsonElement links)
    {
        if (links.ValueKind != JsonValueKind.Array) return null;
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

            throw new MarketFeedException(_feed, "links: the next page has no startRow");
        }

        return null;
    }

    /// <summary>The error for an object without rows: most often it says itself what is wrong.</summary>
    private MarketFeedException NoItems()
    {
        using var json = JsonDocument.Parse(_body);
        return new MarketFeedException(_feed, MarketErrors.Describe(json.RootElement) is { } error
            ? $"the market reports an error: {error}"
            : "field items is missing: this is not an answer of Data Miner 2");
    }

    private delegate bool Step(ref Utf8JsonReader reader);
}
