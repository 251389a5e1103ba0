using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>ERCOT's time labels: delivery dates, hour-ending hours, the flag of the repeated hour, and Central wall-clock times.</summary>
internal static class ErcotLabels
{
    private static readonly string[] DateFormats = ["MM/dd/yyyy", "M/d/yyyy", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss", "MM/dd/yyyy HH:mm:ss"];
    private static readonly string[] TimeFormats =
        ["MM/dd/yyyy HH:mm:ss", "M/d/yyyy H:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss", "MM/dd/yyyy HH:mm"];
    private static readonly string[] OffsetFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:sszzz"];

    /// <summary>Reads a date and an hour such as <c>24:00</c>, <c>01:00</c> or <c>7</c>.</summary>
    public static bool TryHour(string? date, string? hour, string? flag, out HourEnding label)
    {
        label = default;
        if (!DateTime.TryParseExact(date?.Trim(), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || !TryHourNumber(hour, out var number) || !TryFlag(flag, out var repeated))
        {
            return false;
        }

        label = new HourEnding(DateOnly.FromDateTime(day), number, repeated);
        return true;
    }

    /// <summary>Reads a wall-clock time with the flag of the repeated hour.</summary>
    public static bool TryTime(string? text, string? flag, out DateTime local, out bool repeated)
    {
        local = default;
        return TryFlag(flag, out repeated)
            && DateTime.TryParseExact(text?.Trim(), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out local);
    }

    /// <summary>
    /// Reads an instant: with its offset as it stands, without one on the Central clock. The second of two equal wall-clock times
    /// is taken when <paramref name="repeated"/> says so, whatever offset the market wrote: it gets that one wrong.
    /// </summary>
    public static bool TryInstant(string? text, bool repeated, out DateTimeOffset utc)
    {
        text = text?.Trim();
        if (DateTime.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return WallClock.TryToUtc(local, repeated, MarketClocks.Central, out utc) || WallClock.TryToUtc(local, repeated: false, MarketClocks.Central, out utc);

        utc = default;
        if (!DateTimeOffset.TryParseExact(text, OffsetFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var written)) return false;
        if (!repeated || !WallClock.TryToUtc(written.DateTime, repeated, MarketClocks.Central, out utc)) utc = written.ToUniversalTime();
        return true;
    }

    /// <summary>An instant as the public API wants it: Central wall-clock time without an offset.</summary>
    public static string Time(DateTimeOffset instant) =>
        WallClock.FromUtc(instant, MarketClocks.Central).Local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The delivery day an instant lies in.</summary>
    public static string Day(DateTimeOffset instant) =>
        WallClock.FromUtc(instant, MarketClocks.Central).Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool TryHourNumber(string? text, out int hour)
    {
        text = text?.Trim() ?? "";
        while (text.EndsWith(":00", StringComparison.Ordinal)) text = text[..^3];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out hour) && hour is >= 1 and <= 24;
    }

    private static bool TryFlag(string? text, out bool repeated)
    {
        repeated = false;
        switch (text?.Trim().ToUpperInvariant())
        {
            case "Y" or "YES" or "TRUE" or "1":
                repeated = true;
                return true;
            case null or "" or "N" or "NO" or "FALSE" or "0":
                return true;
            default:
                return false;
        }
    }
}
