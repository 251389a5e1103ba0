using System.Globalization;
using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Ercot;

/// <summary>ERCOT's time labels: delivery dates, hour-ending hours, and the flag of the repeated hour.</summary>
internal static class ErcotLabels
{
    private static readonly string[] DateFormats = ["MM/dd/yyyy", "M/d/yyyy", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly string[] TimeFormats = ["MM/dd/yyyy HH:mm:ss", "M/d/yyyy H:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "MM/dd/yyyy HH:mm"];

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

    /// <summary>Reads the time of a dispatch run.</summary>
    public static bool TryTime(string? text, string? flag, out DateTime local, out bool repeated)
    {
        local = default;
        return TryFlag(flag, out repeated)
            && DateTime.TryParseExact(text?.Trim(), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out local);
    }

    private static bool TryHourNumber(string? text, out int hour)
    {
        text = text?.Trim() ?? "";
        if (text.EndsWith(":00", StringComparison.Ordinal)) text = text[..^3];
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
