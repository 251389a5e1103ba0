using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>Dates and times as parameters of the public API, central time.</summary>
internal static class ErcotApiTimes
{
    /// <summary>Reads a day. False when it is none.</summary>
    public static bool TryDay(MarketCall call, string name, DateOnly usual, out DateOnly day)
    {
        day = usual;
        return call.Parameter(name) is not { } text || DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    /// <summary>Reads a bound. False when it is no time the clock shows.</summary>
    /// <param name="call">The call.</param>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="isEnd">Of two instants that it may mean, an end is the later one.</param>
    /// <param name="time">The instant; null where the parameter is absent.</param>
    public static bool TryTime(MarketCall call, string name, bool isEnd, out DateTimeOffset? time)
    {
        time = null;
        if (call.Parameter(name) is not { } text) return true;
        if (!DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return false;
        if (!WallClock.TryToUtc(local, isEnd, MarketClocks.Central, out var utc) && !WallClock.TryToUtc(local, repeated: false, MarketClocks.Central, out utc)
            && !WallClock.TryToUtc(local.AddHours(1), repeated: false, MarketClocks.Central, out utc))
        {
            return false;
        }

        time = utc;
        return true;
    }
}
