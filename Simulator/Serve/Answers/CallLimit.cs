using System.Globalization;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Answers;

/// <summary>How many calls a market lets in.</summary>
/// <param name="Zone">The market.</param>
/// <param name="Calls">Calls at the most.</param>
/// <param name="Window">In any time of this length.</param>
internal sealed record CallLimit(MarketZone Zone, int Calls, TimeSpan Window)
{
    /// <summary>What the markets themselves allow: PJM 6 in 60 s, ERCOT's API 30 in 60 s, CAISO OASIS one in 5 s.</summary>
    public static IReadOnlyList<CallLimit> OfTheMarkets { get; } =
    [
        new(MarketZone.PJM, 6, TimeSpan.FromSeconds(60)), new(MarketZone.ERCOT, 30, TimeSpan.FromSeconds(60)), new(MarketZone.CAISO, 1, TimeSpan.FromSeconds(5)),
    ];

    /// <summary>Reads one as the option <c>--limit</c> takes it: <c>CAISO=1/0.5</c>, calls and seconds.</summary>
    /// <returns>What is wrong with it, in one line; null when nothing is.</returns>
    public static string? Read(string text, out CallLimit limit)
    {
        limit = OfTheMarkets[0];
        string[] parts = text.Split('=', '/');
        if (parts.Length != 3) return "is not ZONE=CALLS/SECONDS";
        if (!MarketZones.TryParse(parts[0], out var zone) || !ServeZones.All.Contains(zone)) return $"\"{parts[0]}\" is not one of {string.Join(", ", ServeZones.All)}";
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var calls) || calls < 1) return $"\"{parts[1]}\" is not a number of calls, 1 or more";
        if (!double.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds is not (> 0 and <= 86_400))
            return $"\"{parts[2]}\" is not seconds, above 0 and at most a day";
        limit = new(zone, calls, TimeSpan.FromSeconds(seconds));
        return null;
    }
}
