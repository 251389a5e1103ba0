using System.CommandLine;
using OptiBid.Simulator.Options;

namespace OptiBid.Simulator.Plot;

/// <summary>The command <c>plot</c>: its options and its examples.</summary>
internal static class PlotCommand
{
    private const string Description = """
        Draws a stretch of a simulated market as SVG: real-time and day-ahead prices, and load with wind and sun under it.

        Examples:
          plot --zone CAISO --start 2026-04-13 --out caiso-week.svg
          plot --zone ERCOT --start 2026-08-10 --days 3 --places HB_NORTH,HB_WEST --seed 7 --out west.svg
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var zone = MarketOptions.Zone();
        var start = new Option<DateTimeOffset?>("--start") { Description = "Day to begin with, ISO 8601; its midnight on the market's clock", Required = true, CustomParser = MarketOptions.Instant("--start") };
        var days = MarketOptions.Checked(new Option<int>("--days") { Description = "How many days", DefaultValueFactory = _ => 7 }, value => value is >= 1 and <= 31, "must be 1 to 31");
        var places = new Option<string?>("--places", "-p") { Description = "Two places by name or id, comma-separated; left out: two that differ" };
        var seed = MarketOptions.Seed();
        var output = new Option<string>("--out", "-o") { Description = "SVG file to write", Required = true };

        var command = new Command("plot", Description) { zone, start, days, places, seed, output };
        command.SetAction((parsed, cancellationToken) => PlotRun.RunAsync(
            new PlotOptions(
                parsed.GetRequiredValue(zone),
                parsed.GetRequiredValue(start)!.Value.UtcDateTime.Date,
                parsed.GetValue(days),
                parsed.GetValue(places)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
                parsed.GetValue(seed),
                parsed.GetRequiredValue(output)),
            parsed.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }
}
