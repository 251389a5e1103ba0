using System.Buffers;
using System.Globalization;
using Parquet.Schema;

namespace OptiBid.History.Export;

/// <summary>Numbers, in CSV so that they read back as they were.</summary>
internal sealed class NumberColumn<TRow, T>(string name, bool isRequired, Getter<TRow, T?> get) : Column<TRow>(name)
    where T : struct, IUtf8SpanFormattable
{
    private const int Longest = 32;

    internal override void WriteCsv(in TRow row, IBufferWriter<byte> output)
    {
        if (get(row) is not { } number) return;
        _ = number.TryFormat(output.GetSpan(Longest), out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    internal override ParquetColumn<TRow> ForParquet() => new ParquetColumn<TRow, T>(new DataField(Name, typeof(T), isNullable: !isRequired), get);
}
