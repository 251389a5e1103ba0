using System.Buffers;
using System.Text;
using Parquet.Schema;

namespace OptiBid.History.Export;

/// <summary>Text, quoted in CSV where RFC 4180 wants it, with a dictionary in Parquet: most texts of a group repeat.</summary>
internal sealed class TextColumn<TRow>(string name, bool isRequired, Getter<TRow, string?> get) : Column<TRow>(name)
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create("\",\r\n");

    internal override void WriteCsv(in TRow row, IBufferWriter<byte> output)
    {
        if (get(row) is not { } text) return;
        if (text.AsSpan().ContainsAny(NeedQuotes)) text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        _ = Encoding.UTF8.GetBytes(text, output);
    }

    internal override ParquetColumn<TRow> ForParquet() => new ParquetColumn<TRow, ReadOnlyMemory<char>>(
        new DataField<string>(Name, nullable: !isRequired), (in row) => get(row)?.AsMemory()) { IsText = true };
}
