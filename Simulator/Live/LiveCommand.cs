using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OptiBid.Grains.Interfaces;

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
        var servers = new Option<string>("--bootstrap-servers", "-b") { Description = "Kafka bootstrap servers, host:port, comma-separated", Required = true };
        var zones = new Option<MarketZone[]>("--zones", "-z")
        {
            Description = "Markets, comma-separated: PJM, CAISO, ERCOT",
            CustomParser = Zones,
            DefaultValueFactory = _ => [MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT],
            AllowMultipleArgumentsPerToken = true,
        };
        var locations = new Option<int>("--locations", "-l") { Description = "Places of each market", DefaultValueFactory = _ => 40 };
        var rate = new Option<double?>("--rate", "-r") { Description = "Prices a second at the most, all markets together; left out: no limit" };
        var count = new Option<long?>("--count", "-n") { Description = "Prices in all; left out: goes on until stopped" };
        var seed = new Option<int>("--seed", "-s") { Description = "Same seed, same prices", DefaultValueFactory = _ => 1 };
        var start = new Option<DateTimeOffset?>("--start")
        {
            Description = "Market time to start at, ISO 8601; left out: now, or so far back that --count prices are history",
            CustomParser = Instant,
        };
        Require(locations, value => value is >= 1 and <= 100_000, "must be 1 to 100000");
        Require(rate, value => value is null or > 0, "must be greater than 0");
        Require(count, value => value is null or > 0, "must be greater than 0");

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

    private static void Require<T>(Option<T> option, Func<T?, bool> holds, string rule) => option.Validators.Add(result =>
    {
        if (!holds(result.GetValueOrDefault<T>())) result.AddError($"{option.Name} {rule}");
    });

    private static MarketZone[]? Zones(ArgumentResult argument)
    {
        var zones = new List<MarketZone>();
        foreach (var name in argument.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (MarketZones.TryParse(name, out var zone) && zone is MarketZone.PJM or MarketZone.CAISO or MarketZone.ERCOT) zones.Add(zone);
            else argument.AddError($"--zones: \"{name}\" is not one of PJM, CAISO, ERCOT");
        }

        return [.. zones.Distinct()];
    }

    private static DateTimeOffset? Instant(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)) return instant;
        argument.AddError($"--start: \"{text}\" is not an ISO 8601 time");
        return null;
    }
}
