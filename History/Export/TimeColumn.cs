using System.Buffers;
using System.Globalization;
using Parquet.Schema;

namespace OptiBid.History.Export;

/// <summary>Instants: ISO 8601 UTC in CSV, microseconds since 1970 in Parquet.</summary>
internal sealed class TimeColumn<TRow>(string name, bool isRequired, Getter<TRow, DateTimeOffset?> get) : Column<TRow>(name)
{
    private const int Longest = 32;

    internal override void WriteCsv(in TRow row, IBufferWriter<byte> output)
    {
        if (get(row) is not { } time) return;
        _ = time.UtcDateTime.TryFormat(output.GetSpan(Longest), out var written, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    internal override ParquetColumn<TRow> ForParquet() => new ParquetColumn<TRow, long>(
        new DataField<long>(Name, nullable: !isRequired), (in row) => get(row) is { } time ? Micros(time) : null) { IsTime = true };

    private static long Micros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
}
