using System.Text;
using CsvHelper;

namespace OptiBid.Connectors.Feeds;

/// <summary>
/// A CSV payload read row by row, its columns bound by name: case and blanks around a name do not matter, new
/// columns are passed over, a missing required one is an error that names it.
/// </summary>
internal sealed class CsvTable : IDisposable
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const int LongestRow = 64 * 1024;

    private readonly string _feed;
    private readonly StreamReader _text;
    private readonly CsvReader _csv;
    private readonly Func<bool> _read;
    private readonly string[] _header;

    /// <summary>Opens the table and reads its header.</summary>
    /// <param name="feed">The feed, for errors.</param>
    /// <param name="content">UTF-8 CSV; disposed with the table.</param>
    public CsvTable(string feed, Stream content)
    {
        _feed = feed;
        _text = new StreamReader(content, StrictUtf8, detectEncodingFromByteOrderMarks: false);
        _csv = CsvReader.Create(_text, new CsvReaderOptions { Separator = ',', MaxRecordSize = LongestRow, PoolStrings = true }, leaveOpen: true);
        _read = _csv.Read;
        _header = [.. Guarded(() => _csv.Headers).Select(name => name.Trim().Trim('\uFEFF'))];
        if (_header.Length == 0) throw new MarketFeedException(feed, "the file is empty: not even a header line");
    }

    /// <summary>The names of the columns, blanks taken off.</summary>
    public IReadOnlyList<string> Columns => _header;

    /// <summary>True when the row has a value for every column of the header.</summary>
    public bool IsWhole => _csv.FieldCount >= _header.Length;

    /// <summary>The row's value in a column, blanks taken off.</summary>
    public string this[int column] => _csv.GetString(column).Trim();

    /// <summary>Goes to the next row.</summary>
    public bool Read() => Guarded(_read);

    /// <summary>The number of a column that must be there; of several names the first found.</summary>
    public int Column(params ReadOnlySpan<string> names)
    {
        var column = Find(names);
        if (column >= 0) return column;

        var shown = string.Join(", ", _header);
        if (shown.Length > 300) shown = shown[..300] + "…";
        throw new MarketFeedException(_feed, $"column {string.Join(" or ", names.ToArray())} is missing; the header is: {shown}");
    }

    /// <summary>The number of a column, or -1.</summary>
    public int Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var column = Array.FindIndex(_header, title => string.Equals(title, name, StringComparison.OrdinalIgnoreCase));
            if (column >= 0) return column;
        }

        return -1;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _csv.Dispose();
        _text.Dispose();
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException error)
        {
            throw new MarketFeedException(_feed, "the file is not valid UTF-8 text", error);
        }
        catch (CsvFormatException error)
        {
            throw new MarketFeedException(_feed, $"record {error.RecordNumber} is not CSV: {error.Message}", error);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw ZipPayload.Damaged(_feed, error);
        }
    }
}
