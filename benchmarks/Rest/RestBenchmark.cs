using System.CommandLine;
using System.Diagnostics;
using Spectre.Console;

namespace OptiBid.Benchmarks.Rest;

/// <summary>What the two calls that are asked most cost beside an answer that never changes, in one process and one run.</summary>
internal static class RestBenchmark
{
    public static Command Command()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds of all three, after one to warm up; the medians count", DefaultValueFactory = _ => 7 };
        var seconds = new Option<double>("--seconds") { Description = "How long each is called in a round", DefaultValueFactory = _ => 3 };
        var connections = new Option<int>("--connections") { Description = "Connections, one request at a time on each", DefaultValueFactory = _ => 32 };
        var command = new Command("rest", "Requests a second of /prices/live of one location and of /prices/{zone}/{location} beside constant JSON through the same pipeline.") { rounds, seconds, connections };
        command.SetAction(async (parsed, _) => await RunAsync(parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(connections)));
        return command;
    }

    private static async Task RunAsync(int rounds, double seconds, int connections)
    {
        await using var gateway = await GatewayHere.StartAsync();
        string[] paths = [gateway.Constant, gateway.Live, gateway.Whole];
        var rates = paths.ToDictionary(path => path, _ => new List<(double PerSecond, double Microseconds)>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var path in paths)
            {
                var before = Process.GetCurrentProcess().TotalProcessorTime;
                var rate = await LoadProcess.MeasureAsync(gateway.Address, path, connections, seconds);
                var cost = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / (rate * seconds);
                if (round > 0) rates[path].Add((rate, cost));
            }
        }

        var table = new Table().AddColumns("call", "requests/s (median)", "CPU µs a request (median)", "rate beside constant JSON, round by round");
        foreach (var path in paths)
        {
            var ratios = rates[path].Zip(rates[gateway.Constant], static (call, constant) => call.PerSecond / constant.PerSecond).Order().ToArray();
            table.AddRow(
                Markup.Escape(path), $"{Median(rates[path].Select(static rate => rate.PerSecond)):N0}", $"{Median(rates[path].Select(static rate => rate.Microseconds)):F1}",
                $"{ratios[0]:F2} to {ratios[^1]:F2}, median {ratios[ratios.Length / 2]:F2}");
        }

        AnsiConsole.Write(table);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}
