using System.CommandLine;
using Spectre.Console;

namespace OptiBid.Benchmarks.Pipeline;

/// <summary>What a record costs from Kafka to the history, beside reading and decoding it and nothing more.</summary>
internal static class PipelineBenchmark
{
    public static Command Command()
    {
        var records = new Option<long>("--records") { Description = "Records measured in each run", DefaultValueFactory = _ => 300_000 };
        var locations = new Option<int>("--locations") { Description = "Locations they are spread over", DefaultValueFactory = _ => 5_000 };
        var runs = new Option<int>("--runs") { Description = "Runs; the median counts", DefaultValueFactory = _ => 3 };
        var history = new Option<string?>("--history") { Description = "PostgreSQL connection string; left out, the embedded history" };
        var command = new Command("pipeline", "CPU time and rate of a record from Kafka to the history, beside a bare consumer with the same reader.")
        {
            records, locations, runs, history,
        };
        command.SetAction(async (parsed, _) => await RunAsync(
            parsed.GetValue(records), parsed.GetValue(locations), parsed.GetValue(runs), parsed.GetValue(history)));
        return command;
    }

    private static async Task RunAsync(long records, int locations, int runs, string? history)
    {
        const int Partitions = 3;
        var warmUp = Math.Max(records / 4, 2L * locations);
        var floor = new List<Measurement>();
        var road = new List<Measurement>();
        for (var run = 0; run < runs; run++)
        {
            using (var log = await LogProcess.StartAsync(Partitions, locations)) floor.Add(await BareConsumer.MeasureAsync(log, Partitions, warmUp, records));
            using (var log = await LogProcess.StartAsync(Partitions, locations)) road.Add(await WholeRoad.MeasureAsync(log, history, warmUp, records));
        }

        var table = new Table().AddColumns("road", "CPU µs a record (median)", "records/s (median)");
        table.AddRow("bare consumer + reader", $"{Measurement.Median(floor, m => m.MicrosecondsEach):F2}", $"{Measurement.Median(floor, m => m.PerSecond):N0}");
        table.AddRow($"Kafka → grains → {(history is null ? "DuckDB" : "PostgreSQL")}", $"{Measurement.Median(road, m => m.MicrosecondsEach):F2}", $"{Measurement.Median(road, m => m.PerSecond):N0}");
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(
            $"ratio of CPU: {Measurement.Median(road, m => m.MicrosecondsEach) / Measurement.Median(floor, m => m.MicrosecondsEach):F1}; {records:N0} records, {locations:N0} locations, {runs} runs");
    }
}
