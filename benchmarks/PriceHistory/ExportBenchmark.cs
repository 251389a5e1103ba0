using System.Diagnostics;
using Npgsql;
using OptiBid.History;
using OptiBid.History.Export;
using Spectre.Console;

namespace OptiBid.Benchmarks.PriceHistory;

/// <summary>
/// An export of a million prices as Parquet, as the gateway streams it, beside the floor: the database's own binary
/// COPY of the same rows in the same order, read and thrown away.
/// </summary>
internal static class ExportBenchmark
{
    private const int Rows = 1_000_000;

    public static async Task RunAsync(StoreUnderTest store, NpgsqlDataSource source, DateTimeOffset from, DateTimeOffset until, int runs, CancellationToken cancellationToken)
    {
        var (parquet, copy, cpu) = (new List<double>(), new List<double>(), new List<double>());
        long bytes = 0;
        for (var run = 0; run < runs; run++)
        {
            copy.Add(await TimeAsync(() => CopyAsync(source, from, until, cancellationToken)));
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            parquet.Add(await TimeAsync(async () => bytes = await ParquetAsync(store, from, until, cancellationToken)));
            process.Refresh();
            cpu.Add((process.TotalProcessorTime - before).TotalSeconds);
        }

        var ratios = copy.Zip(parquet, (theirs, ours) => theirs / ours);
        AnsiConsole.WriteLine(
            $"{Rows:N0} prices as Parquet ({bytes / 1e6:F0} MB): {HistoryBenchmark.Median(parquet):F1} s, {HistoryBenchmark.Median(cpu):F1} s of this process's CPU; COPY TO of the same rows {HistoryBenchmark.Median(copy):F1} s; "
            + $"speed beside it, median of {runs} runs: {HistoryBenchmark.Median(ratios):F2}");
    }

    private static async Task<long> ParquetAsync(StoreUnderTest store, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var output = new CountingStream();
        var table = await ParquetTable<PriceRow>.StartAsync(
            output, [PriceColumns.Zone, PriceColumns.Location, PriceColumns.PriceType, PriceColumns.Timestamp, .. PriceColumns.Values], cancellationToken: cancellationToken);
        var query = new PriceQuery { Start = from, End = until, Zones = [PriceGrid.Zone], Limit = Rows };
        var rows = 0;
        await foreach (var tick in store.Prices.ReadAsync(query, cancellationToken))
        {
            await table.AddAsync(new PriceRow(tick), cancellationToken);
            rows++;
        }

        await table.CompleteAsync(cancellationToken);
        return rows == Rows ? output.Length : throw new InvalidOperationException($"{rows} rows, not {Rows}; measure more days or locations.");
    }

    private static async Task CopyAsync(NpgsqlDataSource source, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"""
            copy (select {BareCopy.Columns} from market_data where market_zone = '{PriceGrid.Zone}' and timestamp >= '{from:O}' and timestamp < '{until:O}'
                order by timestamp, market_zone, location, price_type limit {Rows}) to stdout (format binary)
            """, cancellationToken);
        var buffer = new byte[64 * 1024];
        while (await copy.ReadAsync(buffer, cancellationToken) > 0)
        {
        }
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var clock = Stopwatch.StartNew();
        await action();
        return clock.Elapsed.TotalSeconds;
    }
}
