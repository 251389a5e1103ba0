using System.Globalization;
using System.Text.Json;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Faults;

/// <summary>Faults as the option <c>--fault</c> takes them: <c>PJM/da_hrl_lmps:late,delay=600,share=0.5</c>, <c>*:slow</c>.</summary>
internal static class FaultText
{
    /// <summary>Reads one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fault">The fault.</param>
    /// <returns>What is wrong with it, in one line; null when nothing is.</returns>
    public static string? Read(string text, out FaultRequest fault)
    {
        fault = new FaultRequest();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return "is not ZONE[/FEED]:FAULT[,name=value...]";

        var place = text[..colon].Split('/', 2);
        MarketZone? zone = null;
        if (place[0] != "*")
        {
            if (!MarketZones.TryParse(place[0], out var named)) return $"\"{place[0]}\" is not one of {string.Join(", ", ServeZones.All)}, *";
            zone = named;
        }

        var parts = text[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries);
        var index = FaultNames.All.ToList().IndexOf(parts[0]);
        if (index < 0) return $"\"{parts[0]}\" is not one of {string.Join(", ", FaultNames.All)}";

        fault = new FaultRequest { Zone = zone, Feed = place.Length > 1 ? place[1] : null, Fault = Enum.GetValues<FaultKind>()[index] };
        foreach (var part in parts.Skip(1))
        {
            var pair = part.Split('=', 2);
            double number = 0;
            if (pair.Length < 2 || (pair[0] != "host" && !double.TryParse(pair[1], NumberStyles.Float, CultureInfo.InvariantCulture, out number))) return $"\"{part}\" is not name=number";
            switch (pair[0])
            {
                case "host": fault = fault with { Host = pair[1] }; break;
                case "seconds": fault = fault with { Seconds = number }; break;
                case "share": fault = fault with { Share = number }; break;
                case "delay": fault = fault with { Delay = number }; break;
                case "reach": fault = fault with { Reach = number }; break;
                case "retry_after": fault = fault with { RetryAfter = (int)number }; break;
                default: return $"\"{pair[0]}\" is not one of host, seconds, share, delay, reach, retry_after";
            }
        }

        return fault.Problem();
    }

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="JsonException">It is not a fault.</exception>
    public static async ValueTask<FaultRequest> ReadAsync(Stream body, CancellationToken cancellationToken) =>
        await JsonSerializer.DeserializeAsync<FaultRequest>(body, ServeJson.Options, cancellationToken) ?? throw new JsonException("the body is null");
}
