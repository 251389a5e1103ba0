using System.CommandLine;
using OptiBid.Benchmarks.Pipeline;
using Spectre.Console;

namespace OptiBid.Benchmarks.Streams;

/// <summary>What the stream provider costs over a bare consumer: a full log read to its end by each in turn.</summary>
internal static class StreamsBenchmark
{
    public static Command Command()
    {
        var records = new Option<int>("--records") { Description = "Records on the log", DefaultValueFactory = _ => 480_000 };
        var partitions = new Option<int>("--partitions") { Description = "Partitions; the in-process broker keeps 5 MiB of each, about 50,000 records", DefaultValueFactory = _ => 12 };
        var runs = new Option<int>("--runs") { Description = "Runs of each, after one to warm up; the median counts", DefaultValueFactory = _ => 5 };
        var command = new Command("streams", "Rate and CPU time of a record through the Kafka stream provider into a consumer that does nothing, beside a bare consumer with the same codec.")
        {
            records, partitions, runs,
        };
        command.SetAction(async (parsed, _) => await RunAsync(parsed.GetValue(records), parsed.GetValue(partitions), parsed.GetValue(runs)));
        return command;
    }

    private static async Task RunAsync(int records, int partitions, int runs)
    {
        using var log = await LogProcess.StartAsync(partitions, locations: 5_000, fill: records);
        var floor = new List<Measurement>();
        var provider = new List<Measurement>();
        for (var run = 0; run <= runs; run++)
        {
            var bare = await BareReader.MeasureAsync(log, partitions, records);
            var through = await ProviderReader.MeasureAsync(log, records);
            if (run == 0) continue;
            floor.Add(bare);
            provider.Add(through);
        }

        var table = new Table().AddColumns("road", "CPU µs a record (median)", "records/s (median)");
        table.AddRow("bare consumer + codec", $"{Measurement.Median(floor, m => m.MicrosecondsEach):F2}", $"{Measurement.Median(floor, m => m.PerSecond):N0}");
        table.AddRow("provider → no-op consumer", $"{Measurement.Median(provider, m => m.MicrosecondsEach):F2}", $"{Measurement.Median(provider, m => m.PerSecond):N0}");
        AnsiConsole.Write(table);
        var ratios = floor.Zip(provider, (bare, through) => through.PerSecond / bare.PerSecond).Order().ToArray();
        AnsiConsole.WriteLine($"rate, provider to bare, pair by pair: {ratios[0]:F2} to {ratios[^1]:F2}, median {ratios[ratios.Length / 2]:F2}; {records:N0} records, {partitions} partitions, {runs} runs");
    }
}
