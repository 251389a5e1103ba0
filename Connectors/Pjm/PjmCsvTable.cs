using System.Runtime.InteropServices;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Pjm;

/// <summary>A CSV file read row by row.</summary>
internal sealed class PjmCsvTable : PjmTable
{
    private readonly CsvTable _csv;
    private readonly int[] _columns;

    public PjmCsvTable(string feed, ReadOnlyMemory<byte> body, IReadOnlyList<PjmColumn> columns)
    {
        var bytes = MemoryMarshal.TryGetArray(body, out var array) ? array : body.ToArray();
        _csv = new CsvTable(feed, new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false));
        try
        {
            _columns = [.. columns.Select(column => column.IsRequired ? _csv.Column(Names(column)) : _csv.Find(Names(column)))];
        }
        catch
        {
            _csv.Dispose();
            throw;
        }
    }

    public override bool IsBare => true;

    public override string? Fault => _csv.IsWhole ? null : "the row is shorter than the header";

    public override ReadOnlySpan<char> this[int column] => _columns[column] >= 0 ? _csv[_columns[column]] : [];

    public override bool Read()
    {
        if (!_csv.Read()) return false;
        Rows++;
        return true;
    }

    public override void Dispose() => _csv.Dispose();

    private static string[] Names(PjmColumn column) => column.OtherName is { } other ? [column.Name, other] : [column.Name];
}
