using System.CommandLine;
using OptiBid.Simulator.Options;

namespace OptiBid.Simulator.Live;

/// <summary>The command <c>live</c>: its options, their checks and its examples.</summary>
internal static class LiveCommand
{
    private const string Description = """
        Publishes simulated five-minute prices to Kafka, in the wire format of the topics market_data.<zone>.

        No price is published before its time. What lies in the past is published as fast as --rate allows, so a
        --start in the past, or a --count without one, replays history; from now on prices come at their own pace.

        Examples:
          live --bootstrap-servers localhost:9092
          live --bootstrap-servers localhost:9092 --zones PJM --locations 100 --rate 5000 --count 1000000
          live --bootstrap-servers localhost:9092 --zones PJM,ERCOT --start 2026-11-01T00:00:00Z --rate 20000 --seed 7
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var servers = MarketOptions.BootstrapServers(required: true);
        var zones = MarketOptions.Zones();
        var locations = MarketOptions.Locations();
        var rate = MarketOptions.Checked(
            new Option<double?>("--rate", "-r") { Description = "Prices a second at the most, all markets together; left out: no limit" },
            value => value is null or > 0, "must be greater than 0");
        var count = MarketOptions.Checked(
            new Option<long?>("--count", "-n") { Description = "Prices in all; left out: goes on until stopped" },
            value => value is null or > 0, "must be greater than 0");
        var seed = MarketOptions.Seed();
        var start = new Option<DateTimeOffset?>("--start")
        {
            Description = "Market time to start at, ISO 8601; left out: now, or so far back that --count prices are history",
            CustomParser = MarketOptions.Instant("--start"),
        };

        var command = new Command("live", Description) { servers, zones, locations, rate, count, seed, start };
        command.SetAction((parsed, cancellationToken) => LiveRun.RunAsync(
            new LiveOptions
            {
                BootstrapServers = parsed.GetRequiredValue(servers),
                Zones = parsed.GetRequiredValue(zones),
                Locations = parsed.GetValue(locations),
                Rate = parsed.GetValue(rate),
                Count = parsed.GetValue(count),
                Seed = parsed.GetValue(seed),
                Start = parsed.GetValue(start),
            },
            TimeProvider.System,
            cancellationToken));
        return command;
    }
}
