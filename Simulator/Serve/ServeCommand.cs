using System.CommandLine;
using System.CommandLine.Parsing;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Faults;

namespace OptiBid.Simulator.Serve;

/// <summary>The command <c>serve</c>: its options, their checks and its examples.</summary>
internal static class ServeCommand
{
    private const string Description = """
        Serves the public HTTP interfaces of PJM Data Miner 2, CAISO OASIS and Outlook, ERCOT and NYISO on loopback, with
        simulated prices, load and fuel mix, and with faults on demand. The first line on standard output is the address.

        Examples:
          serve --port 9000
          serve --port 0 --zones PJM,ERCOT --locations 500 --seed 7 --enforce-limits
          serve --port 9000 --pjm-key secret --fault "PJM/rt_unverified_fivemin_lmps:too-many-requests,seconds=60,retry_after=5"
          serve --port 9000 --recordings ../recordings
          curl -X POST localhost:9000/_control/faults -d '{"zone":"CAISO","fault":"html","seconds":30}'
          curl localhost:9000/_control/log/summary

        docs/simulation-serve.md has the addresses, the faults and the control interface.
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var port = new Option<int>("--port", "-p") { Description = "Port on 127.0.0.1; 0 for a free one", DefaultValueFactory = _ => 9000 };
        var zones = new Option<MarketZone[]>("--zones", "-z")
        {
            Description = "Markets, comma-separated: " + string.Join(", ", ServeZones.All),
            CustomParser = Zones,
            DefaultValueFactory = _ => [.. ServeZones.All],
            AllowMultipleArgumentsPerToken = true,
        };
        var locations = new Option<int>("--locations", "-l") { Description = "Places of each market", DefaultValueFactory = _ => 40 };
        var seed = new Option<int>("--seed", "-s") { Description = "Same seed, same prices", DefaultValueFactory = _ => 1 };
        var recordings = new Option<string?>("--recordings") { Description = "Folder of recorded payloads (<iso>/<dataset>/<file>) to serve in place of simulated ones" };
        var pjmKey = new Option<string?>("--pjm-key") { Description = "Subscription key that PJM asks for" };
        var ercotKey = new Option<string?>("--ercot-key") { Description = "Subscription key that ERCOT's public API asks for, along with a token" };
        var tokenLife = new Option<int>("--token-life") { Description = "Seconds an ERCOT token is good for", DefaultValueFactory = _ => 3600 };
        var limits = new Option<bool>("--enforce-limits") { Description = "Refuse calls over the markets' limits with 429" };
        var limit = new Option<CallLimit[]>("--limit")
        {
            Description = "Refuse a market's calls over another limit, ZONE=CALLS/SECONDS, such as PJM=600/60; may be given several times",
            CustomParser = Limits,
            DefaultValueFactory = _ => [],
        };
        var faults = new Option<FaultRequest[]>("--fault", "-f")
        {
            Description = "A fault from the start, ZONE[/FEED]:FAULT[,name=value...]; may be given several times. Faults: " + string.Join(", ", FaultNames.All),
            CustomParser = Faults,
            DefaultValueFactory = _ => [],
        };
        var accessLog = new Option<string?>("--access-log") { Description = "File that each call is appended to, as NDJSON" };
        Require(port, value => value is >= 0 and <= 65_535, "must be 0 to 65535");
        Require(locations, value => value is >= 1 and <= 100_000, "must be 1 to 100000");
        Require(tokenLife, value => value is >= 1 and <= 86_400, "must be 1 to 86400");
        Require(recordings, value => value is null || Directory.Exists(value), "is not a folder");

        var command = new Command("serve", Description) { port, zones, locations, seed, recordings, pjmKey, ercotKey, tokenLife, limits, limit, faults, accessLog };
        command.SetAction((parsed, cancellationToken) => ServeRun.RunAsync(
            new ServeOptions
            {
                Port = parsed.GetValue(port),
                Zones = parsed.GetRequiredValue(zones),
                Locations = parsed.GetValue(locations),
                Seed = parsed.GetValue(seed),
                Recordings = parsed.GetValue(recordings),
                PjmKey = parsed.GetValue(pjmKey),
                ErcotKey = parsed.GetValue(ercotKey),
                TokenLife = TimeSpan.FromSeconds(parsed.GetValue(tokenLife)),
                EnforceLimits = parsed.GetValue(limits),
                Limits = parsed.GetRequiredValue(limit),
                Faults = parsed.GetRequiredValue(faults),
                AccessLog = parsed.GetValue(accessLog),
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            TimeProvider.System,
            cancellationToken));
        return command;
    }

    private static void Require<T>(Option<T> option, Func<T?, bool> holds, string rule) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<T>() is var value && !holds(value)) result.AddError($"{option.Name} {rule}: {value}");
    });

    private static MarketZone[]? Zones(ArgumentResult argument)
    {
        var zones = new List<MarketZone>();
        foreach (var name in argument.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (MarketZones.TryParse(name, out var zone) && ServeZones.All.Contains(zone)) zones.Add(zone);
            else argument.AddError($"--zones: \"{name}\" is not one of {string.Join(", ", ServeZones.All)}");
        }

        return [.. zones.Distinct()];
    }

    private static CallLimit[]? Limits(ArgumentResult argument)
    {
        var limits = new List<CallLimit>();
        foreach (var token in argument.Tokens)
        {
            if (CallLimit.Read(token.Value, out var limit) is { } problem) argument.AddError($"--limit: \"{token.Value}\": {problem}");
            else limits.Add(limit);
        }

        return [.. limits];
    }

    private static FaultRequest[]? Faults(ArgumentResult argument)
    {
        var faults = new List<FaultRequest>();
        foreach (var token in argument.Tokens)
        {
            if (FaultText.Read(token.Value, out var fault) is { } problem) argument.AddError($"--fault: \"{token.Value}\": {problem}");
            else faults.Add(fault);
        }

        return [.. faults];
    }
}
