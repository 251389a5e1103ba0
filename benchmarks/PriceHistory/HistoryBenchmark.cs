using System.CommandLine;
using Npgsql;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using OptiBid.PostgresFixture;
using Spectre.Console;

namespace OptiBid.Benchmarks.PriceHistory;

/// <summary>
/// The history in PostgreSQL: rows a second of its writer beside Npgsql's binary COPY of the same rows into a plain table,
/// in turns; then, on what has been written, how long the questions take that people ask most.
/// </summary>
internal static class HistoryBenchmark
{
    private const int BatchRows = 10_000;

    public static Command Command()
    {
        var days = new Option<int>("--days") { Description = "Days of five-minute prices", DefaultValueFactory = _ => 7 };
        var locations = new Option<int>("--locations") { Description = "Locations of the zone", DefaultValueFactory = _ => 2_500 };
        var runs = new Option<int>("--runs") { Description = "Parts the rows are written in, in turns with the floor; medians count", DefaultValueFactory = _ => 5 };
        var connections = new Option<int>("--connections") { Description = "Connections of the floor; the writer has two", DefaultValueFactory = _ => 2 };
        var database = new Option<string?>("--history") { Description = "An empty PostgreSQL or TimescaleDB database; left out, a server of the run's own, commits to disk" };
        var command = new Command("history", "Writing beside a bare COPY, latencies of reading, exports: PostgreSQL.") { days, locations, runs, connections, database };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(days), parsed.GetValue(locations), parsed.GetValue(runs), parsed.GetValue(connections), parsed.GetValue(database), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int days, int locations, int runs, int connections, string? database, CancellationToken cancellationToken)
    {
        if (database is null && PostgresBinaries.WhySkip() is { } missing)
        {
            AnsiConsole.WriteLine(missing);
            return 1;
        }

        await using var server = database is null ? await PostgresServer.StartNewAsync(isDurable: true) : null;
        var connection = database ?? await server!.CreateDatabaseAsync();
        await using var store = await StoreUnderTest.StartAsync("ConnectionStrings:History", connection, cancellationToken);
        await using var source = NpgsqlDataSource.Create(connection);
        AnsiConsole.WriteLine(await store.Prices.CheckAsync(cancellationToken));

        var grid = new PriceGrid(locations);
        await WriteAsync(store, new BareCopy(source), grid, days * 288L * locations, runs, connections, cancellationToken);
        await SettleAsync(source, cancellationToken);
        await ReadAsync(store, grid, days, locations, cancellationToken);
        await ExportBenchmark.RunAsync(store, source, PriceGrid.Start, PriceGrid.Start.AddDays(days), runs, cancellationToken);
        AnsiConsole.WriteLine($"{Environment.ProcessorCount} processors, which the client and the database share; load of the last minutes {File.ReadAllText("/proc/loadavg").Trim()}");
        return 0;
    }

    // What a database that is looked after has done by itself.
    private static async Task SettleAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        foreach (var statement in new[] { "drop table bare_prices", "vacuum (analyze)", "checkpoint" })
        {
            await using var command = source.CreateCommand(statement);
            command.CommandTimeout = 0;
            _ = await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task WriteAsync(
        StoreUnderTest store, BareCopy floor, PriceGrid grid, long rows, int runs, int connections, CancellationToken cancellationToken)
    {
        await floor.CreateAsync(cancellationToken);
        var (bare, writer) = (new List<double>(), new List<double>());
        for (var run = 0; run < runs; run++)
        {
            var batches = grid.Batches(rows * run / runs, rows * (run + 1) / runs, BatchRows).ToList();
            var count = batches.Sum(batch => (long)batch.Length);

            // Who goes first changes: the second finds a warmer machine, and a disk that is behind.
            if (run % 2 == 0) bare.Add(count / (await floor.WriteAsync(batches, connections, cancellationToken)).TotalSeconds);
            writer.Add(count / (await store.WriteAsync(batches, cancellationToken)).TotalSeconds);
            if (run % 2 != 0) bare.Add(count / (await floor.WriteAsync(batches, connections, cancellationToken)).TotalSeconds);
            AnsiConsole.WriteLine($"part {run + 1}: bare COPY {bare[^1]:N0} rows/s, the writer {writer[^1]:N0} rows/s, ratio {writer[^1] / bare[^1]:F2}");
        }

        var ratios = writer.Zip(bare, (ours, theirs) => ours / theirs).Order().ToArray();
        AnsiConsole.WriteLine($"{rows:N0} rows: the writer {Median(writer):N0} rows/s beside {Median(bare):N0} of a bare COPY over {connections} connections; ratio, median of {runs} parts: {Median(ratios):F2}");
    }

    private static async Task ReadAsync(StoreUnderTest store, PriceGrid grid, int days, int locations, CancellationToken cancellationToken)
    {
        var random = new Random(7);
        var end = PriceGrid.Start.AddDays(days);
        Latencies[] taken =
        [
            await Latencies.TakeAsync("24 h of one location", 300, async _ =>
                await store.Prices.ReadAsync(Of(random.Next(locations), end.AddDays(-1), end), cancellationToken).CountAsync(cancellationToken)),
            await Latencies.TakeAsync($"newest of a zone of {locations:N0}", 30, async _ =>
                await store.States.ReadNewestAsync([PriceGrid.Zone], cancellationToken).CountAsync(cancellationToken)),
            await Latencies.TakeAsync("hourly resample of 7 days, one location", 300, async _ =>
                await store.Prices.ResampleAsync(Hourly(Of(random.Next(locations), end.AddDays(-7), end)), cancellationToken).CountAsync(cancellationToken)),
            await Latencies.TakeAsync("hourly resample of 7 days, the zone", 5, async _ =>
                await store.Prices.ResampleAsync(Hourly(Of(null, end.AddDays(-7), end)), cancellationToken).CountAsync(cancellationToken)),
            await Latencies.TakeAsync("the same, averages alone", 5, async _ =>
                await store.Prices.ResampleAsync(Hourly(Of(null, end.AddDays(-7), end)) with { Aggregates = Aggregates.Average }, cancellationToken).CountAsync(cancellationToken)),
            await Latencies.TakeAsync("24 h of one location as known an hour before its end", 300, async _ =>
                await store.Prices.ReadAsync(Of(random.Next(locations), end.AddDays(-1), end) with { AsOf = end.AddHours(-1) }, cancellationToken).CountAsync(cancellationToken)),
        ];
        var table = new Table().AddColumns("question", "rows", "median, ms", "p99, ms");
        foreach (var one in taken) table.AddRow(one.Question, $"{one.Rows:N0}", $"{one.Median:F1}", $"{one.P99:F1}");
        AnsiConsole.Write(table);

        PriceQuery Of(int? location, DateTimeOffset from, DateTimeOffset until) => new()
        {
            Start = from,
            End = until,
            Zones = [PriceGrid.Zone],
            Locations = location is { } one ? [grid.Name(one)] : [],
            PriceTypes = [PriceType.RealTime5Min],
        };

        static ResampleQuery Hourly(PriceQuery prices) => new() { Prices = prices, Every = new(60, BucketUnit.Minute) };
    }

    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
