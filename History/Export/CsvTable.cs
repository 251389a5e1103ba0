using System.Buffers;
using System.Text;

namespace OptiBid.History.Export;

/// <summary>Rows as CSV (RFC 4180), UTF-8: a header, what is null is empty, times in ISO 8601 UTC.</summary>
/// <param name="columns">The row's columns.</param>
/// <param name="lineEnd">What ends a line.</param>
public sealed class CsvTable<TRow>(IReadOnlyList<Column<TRow>> columns, string lineEnd = "\r\n")
{
    private readonly Column<TRow>[] _columns = [.. columns];
    private readonly byte[] _lineEnd = Encoding.UTF8.GetBytes(lineEnd);

    /// <summary>Writes the header.</summary>
    public void WriteHeader(IBufferWriter<byte> output)
    {
        _ = Encoding.UTF8.GetBytes(string.Join(',', _columns.Select(static column => column.Name)), output);
        output.Write(_lineEnd);
    }

    /// <summary>Writes a row.</summary>
    public void Write(in TRow row, IBufferWriter<byte> output)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            if (i > 0) output.Write(","u8);
            _columns[i].WriteCsv(row, output);
        }

        output.Write(_lineEnd);
    }
}
