using OptiBid.Grains.Interfaces;
using OptiBid.History.Export;

namespace OptiBid.Simulator.History;

/// <summary>Writes prices to a Parquet file, in row groups of bounded size.</summary>
internal sealed class ParquetSink : IPriceSink
{
    private readonly PartialFile _file;
    private readonly ParquetTable<PriceRow> _table;

    private ParquetSink(PartialFile file, ParquetTable<PriceRow> table) => (_file, _table) = (file, table);

    /// <summary>Starts a file.</summary>
    public static async Task<ParquetSink> CreateAsync(PartialFile file, int groupRows, CancellationToken cancellationToken) =>
        new(file, await ParquetTable<PriceRow>.StartAsync(file.Stream, TickColumns.All, groupRows, cancellationToken));

    public ValueTask WriteAsync(PriceTick tick, CancellationToken cancellationToken) => _table.AddAsync(new PriceRow(tick), cancellationToken);

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _table.CompleteAsync(cancellationToken);
        await _file.CompleteAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
