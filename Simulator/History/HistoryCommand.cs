using System.CommandLine;
using OptiBid.Simulator.Options;
using Spectre.Console;

namespace OptiBid.Simulator.History;

/// <summary>The command <c>history</c>: its options, their checks and its examples.</summary>
internal static class HistoryCommand
{
    private const string Description = """
        Writes the simulated prices of any range of time to a file, to standard output or to Kafka.

        Rows come in the order of time. The same options give the same bytes, on any machine. Field names are those of
        the wire format of the topics market_data.<zone>. A file appears under its name only when it is whole.

        Examples:
          history --from 2025-01-01 --to 2026-01-01 --zones ERCOT --types DAY_AHEAD_HOURLY --out ercot-2025.csv
          history --from 2026-08-01 --to 2026-09-01 --zones PJM,NYISO --locations 500 --format parquet --out august.parquet
          history --from 2026-11-22T17:00Z --to 2026-11-22T18:00Z --zones CAISO --format ndjson --out - | gzip > hour.gz
          history --from 2026-11-01 --to 2026-11-20 --bootstrap-servers localhost:9092
        """;

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var from = Time("--from", "Market time of the first interval, ISO 8601, UTC where it does not say");
        var to = Time("--to", "Market time at which to end; an interval that starts then is left out");
        var zones = MarketOptions.Zones();
        var types = MarketOptions.Types();
        var locations = MarketOptions.Locations();
        var seed = MarketOptions.Seed();
        var format = new Option<HistoryFormat>("--format", "-f") { Description = "Format of the file", DefaultValueFactory = _ => HistoryFormat.Csv };
        var output = new Option<string?>("--out", "-o") { Description = "File to write, or - for standard output" };
        var servers = MarketOptions.BootstrapServers(required: false);

        var command = new Command("history", Description) { from, to, zones, types, locations, seed, format, output, servers };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(output) is null) == (result.GetResult(servers) is null)) result.AddError("Give either --out or --bootstrap-servers");
        });
        command.SetAction((parsed, cancellationToken) => HistoryRun.RunAsync(
            new HistoryOptions
            {
                From = parsed.GetRequiredValue(from)!.Value,
                To = parsed.GetRequiredValue(to)!.Value,
                Zones = parsed.GetRequiredValue(zones),
                Types = parsed.GetRequiredValue(types),
                Locations = parsed.GetValue(locations),
                Seed = parsed.GetValue(seed),
                Format = parsed.GetValue(format),
                Out = parsed.GetValue(output),
                BootstrapServers = parsed.GetValue(servers),
            },
            // Standard output may carry the prices, so everything else goes to standard error.
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(parsed.InvocationConfiguration.Error) }),
            Console.OpenStandardOutput,
            TimeProvider.System,
            cancellationToken));
        return command;
    }

    private static Option<DateTimeOffset?> Time(string name, string description) => MarketOptions.Checked(
        new Option<DateTimeOffset?>(name) { Description = description, Required = true, CustomParser = MarketOptions.Instant(name) },
        value => value is null || (value >= Earliest && value <= Latest), "must lie in the years 2000 to 2099");
}
