using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Options;

/// <summary>Options that several commands share, with their checks.</summary>
internal static class MarketOptions
{
    /// <summary>Zones that have a simulated market.</summary>
    public static readonly IReadOnlyList<MarketZone> Simulated = [MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT, MarketZone.NYISO];

    private static readonly string Names = string.Join(", ", Simulated);

    /// <summary><c>--zones</c>: markets, comma-separated.</summary>
    public static Option<MarketZone[]> Zones() => new("--zones", "-z")
    {
        Description = $"Markets, comma-separated: {Names}",
        CustomParser = argument => List<MarketZone>(argument, "--zones", IsSimulated, Names),
        DefaultValueFactory = _ => [MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT],
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary><c>--zone</c>: one market.</summary>
    public static Option<MarketZone> Zone() => new("--zone", "-z")
    {
        Description = $"Market: {Names}",
        Required = true,
        CustomParser = argument => List<MarketZone>(argument, "--zone", IsSimulated, Names) is [var zone] ? zone : default,
    };

    /// <summary><c>--types</c>: price types, comma-separated.</summary>
    public static Option<PriceType[]> Types() => new("--types", "-t")
    {
        Description = $"Price types, comma-separated: {string.Join(", ", PriceTypes.All.Select(type => type.Name()))}",
        CustomParser = argument => List<PriceType>(argument, "--types", PriceTypes.TryParse, string.Join(", ", PriceTypes.All.Select(type => type.Name()))),
        DefaultValueFactory = _ => [PriceType.RealTime5Min, PriceType.DayAheadHourly],
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary><c>--locations</c>: places of each market.</summary>
    public static Option<int> Locations() => Checked(
        new Option<int>("--locations", "-l") { Description = "Places of each market", DefaultValueFactory = _ => 40 },
        value => value is >= 1 and <= 100_000, "must be 1 to 100000");

    /// <summary><c>--seed</c>: same seed, same prices.</summary>
    public static Option<int> Seed() => new("--seed", "-s") { Description = "Same seed, same prices", DefaultValueFactory = _ => 1 };

    /// <summary><c>--bootstrap-servers</c>: the Kafka cluster.</summary>
    public static Option<string> BootstrapServers(bool required) =>
        new("--bootstrap-servers", "-b") { Description = "Kafka bootstrap servers, host:port, comma-separated", Required = required };

    /// <summary>Reads an ISO 8601 time, UTC where it does not say.</summary>
    public static Func<ArgumentResult, DateTimeOffset?> Instant(string option) => argument =>
    {
        var text = argument.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)) return instant;
        argument.AddError($"{option}: \"{text}\" is not an ISO 8601 time");
        return null;
    };

    /// <summary>Adds a check to an option.</summary>
    public static Option<T> Checked<T>(Option<T> option, Func<T?, bool> holds, string rule)
    {
        option.Validators.Add(result =>
        {
            if (!holds(result.GetValueOrDefault<T>())) result.AddError($"{option.Name} {rule}");
        });
        return option;
    }

    private static bool IsSimulated(string? name, out MarketZone zone) => MarketZones.TryParse(name, out zone) && Simulated.Contains(zone);

    private static T[] List<T>(ArgumentResult argument, string option, Reader<T> read, string known)
    {
        var values = new List<T>();
        foreach (var name in argument.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (read(name, out var value)) values.Add(value);
            else argument.AddError($"{option}: \"{name}\" is not one of {known}");
        }

        return [.. values.Distinct()];
    }

    private delegate bool Reader<T>(string? text, out T value);
}
