using System.Buffers;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Export;

namespace OptiBid.Simulator.History;

/// <summary>Comma-separated values (RFC 4180, lines end in LF): a header, then a price a line; what is null is empty.</summary>
internal sealed class CsvTickLines : ITickLines
{
    private readonly CsvTable<PriceRow> _table = new(TickColumns.All, "\n");

    public void WriteHeader(IBufferWriter<byte> buffer) => _table.WriteHeader(buffer);

    public void Write(IBufferWriter<byte> buffer, in PriceTick tick) => _table.Write(new PriceRow(tick), buffer);
}
