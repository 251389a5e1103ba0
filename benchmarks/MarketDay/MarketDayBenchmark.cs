using System.CommandLine;
using OptiBid.PostgresFixture;
using Spectre.Console;

namespace OptiBid.Benchmarks.MarketDay;

/// <summary>
/// PJM's day-ahead day, every priced pnode, from HTTP to the history: a product that has just started backfills it from a market
/// on loopback. With the market's own limit on calls it shows what an operator waits for, without it what the product takes.
/// </summary>
internal static class MarketDayBenchmark
{
    /// <summary>What PJM allows non-members, and as good as no limit.</summary>
    private static readonly double[] Limits = [6, 6_000];

    public static Command Command()
    {
        var locations = new Option<int>("--locations") { Description = "Pnodes", DefaultValueFactory = _ => 13_549 };
        var calls = new Option<double[]>("--calls-per-minute")
        {
            Description = "Limits on calls to measure under (0.1 to 6000)",
            DefaultValueFactory = _ => Limits,
            AllowMultipleArgumentsPerToken = true,
        };
        var runs = new Option<int>("--runs") { Description = "Runs under each limit; medians count", DefaultValueFactory = _ => 3 };
        var postgres = new Option<bool>("--postgres") { Description = "History in a PostgreSQL server of the run's own, commits to disk, in place of the embedded one" };
        foreach (var option in new[] { locations, runs })
            option.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 1 or > 100_000) result.AddError($"{option.Name} must be 1 to 100000"); });
        calls.Validators.Add(result => { if (result.GetValueOrDefault<double[]>()!.Any(limit => limit is not (>= 0.1 and <= 6_000))) result.AddError($"{calls.Name} must be 0.1 to 6000"); });

        var command = new Command("market-day", "PJM's day-ahead day of all pnodes from HTTP to the history: time, CPU, memory, calls, and whether it is right.")
        {
            locations, calls, runs, postgres,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(locations), parsed.GetRequiredValue(calls), parsed.GetValue(runs), parsed.GetValue(postgres), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int locations, double[] limits, int runs, bool isPostgres, CancellationToken cancellationToken)
    {
        if (isPostgres && PostgresBinaries.WhySkip() is { } missing)
        {
            AnsiConsole.WriteLine(missing);
            return 1;
        }

        await using var postgres = isPostgres ? await PostgresServer.StartNewAsync(isDurable: true) : null;
        var measured = limits.ToDictionary(limit => limit, _ => new List<DayMeasurement>());
        for (var run = 0; run < runs; run++)
        {
            foreach (var limit in limits)
            {
                var day = await DayRun.MeasureAsync(locations, limit, postgres is null ? null : await postgres.CreateDatabaseAsync(), cancellationToken);
                measured[limit].Add(day);
                AnsiConsole.WriteLine($"run {run + 1}, {limit} calls a minute: {day}");
            }
        }

        Show(measured, isPostgres ? "PostgreSQL" : "DuckDB");
        return measured.Values.Any(days => days.Any(day => day.Wrong > 0)) ? 1 : 0;
    }

    private static void Show(Dictionary<double, List<DayMeasurement>> measured, string history)
    {
        var table = new Table().AddColumn($"HTTP → grains → {history}, medians");
        foreach (var limit in measured.Keys) table.AddColumn(new TableColumn($"{limit:N0} calls a minute").RightAligned());
        Row("rows", day => day.Rows, "N0");
        Row("request to last row durable, s", day => day.Wall.TotalSeconds, "F1");
        Row("… of that the market: answers and limit, s", day => day.Market.TotalSeconds, "F1");
        Row("… the product: all else, s", day => (day.Wall - day.Market).TotalSeconds, "F1");
        Row("rows/s", day => day.Rows / day.Wall.TotalSeconds, "N0");
        Row("product's CPU, s", day => day.Cpu.TotalSeconds, "F1");
        Row("product's CPU a row, µs", day => day.Cpu.TotalMicroseconds / day.Rows, "F1");
        Row("product's working set before, MB", day => day.Before / 1e6, "N0");
        Row("product's peak working set, MB", day => day.Peak / 1e6, "N0");
        Row("HTTP calls", day => day.Calls, "N0");
        Row("MB of answers", day => day.Bytes / 1e6, "F1");
        Row("rows that are not the market's, all compared", day => day.Wrong, "N0");
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"{Environment.ProcessorCount} processors, which market, product and database share; load of the last minutes {File.ReadAllText("/proc/loadavg").Trim()}");

        void Row(string name, Func<DayMeasurement, double> figure, string format) =>
            table.AddRow([name, .. measured.Values.Select(days => DayMeasurement.Median(days, figure).ToString(format))]);
    }
}
