using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Pjm;

/// <summary>Time filters of Data Miner 2: <c>MM/DD/YYYY HH:MMtoMM/DD/YYYY HH:MM</c>, both ends included, a single time, or a word.</summary>
internal static class PjmTimes
{
    private static readonly string[] Formats =
    [
        "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss", "M/d/yyyy", "yyyy-MM-dd", "yyyy-MM-dd H:mm", "yyyy-MM-dd H:mm:ss", "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    /// <summary>Eastern prevailing time of an instant.</summary>
    public static DateTime Eastern(DateTimeOffset instant) => WallClock.FromUtc(instant, MarketClocks.Eastern).Local;

    /// <summary>Reads a filter.</summary>
    /// <param name="column">The column, whose name says whose clock is meant.</param>
    /// <param name="text">The filter.</param>
    /// <param name="now">Now.</param>
    /// <returns>First and last instant, both included.</returns>
    /// <exception cref="PjmError">It cannot be read.</exception>
    public static (DateTimeOffset From, DateTimeOffset To) Range(string column, string text, DateTimeOffset now)
    {
        var clock = column.EndsWith("_ept", StringComparison.Ordinal) ? MarketClocks.Eastern : TimeZoneInfo.Utc;
        if (text.EndsWith("exact", StringComparison.OrdinalIgnoreCase)) text = text[..^5];
        if (Word(text, clock, now) is { } range) return range;

        var to = text.IndexOf("to", StringComparison.OrdinalIgnoreCase);
        if (to < 0)
        {
            var single = Local(column, text);
            // A day, where no time of day is meant.
            return single.TimeOfDay == TimeSpan.Zero ? (First(single, clock), First(single.AddDays(1), clock).AddSeconds(-1)) : (First(single, clock), Last(single, clock));
        }

        return (First(Local(column, text[..to]), clock), Last(Local(column, text[(to + 2)..]), clock));
    }

    private static (DateTimeOffset From, DateTimeOffset To)? Word(string text, TimeZoneInfo clock, DateTimeOffset now)
    {
        var today = WallClock.FromUtc(now, clock).Local.Date;
        var word = text.ToLowerInvariant();
        if (word == "today") return (First(today, clock), First(today.AddDays(1), clock).AddSeconds(-1));
        if (word == "yesterday") return (First(today.AddDays(-1), clock), First(today, clock).AddSeconds(-1));
        if (Ago(word, "minutesago", 1) is { } minutes) return (now.AddMinutes(-minutes), now);
        return Ago(word, "hoursago", 60) is { } hours ? (now.AddMinutes(-hours), now) : null;
    }

    private static int? Ago(string word, string ending, int minutes) =>
        word.EndsWith(ending, StringComparison.Ordinal) && int.TryParse(word[..^ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count * minutes : null;

    private static DateTime Local(string column, string text) =>
        DateTime.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? DateTime.SpecifyKind(local, DateTimeKind.Unspecified)
            : throw new PjmError("Filters", $"Invalid date: {text.Trim()}.", column);

    /// <summary>The first instant at which the clock shows a time, or the next it does show.</summary>
    private static DateTimeOffset First(DateTime local, TimeZoneInfo clock) =>
        WallClock.TryToUtc(local, repeated: false, clock, out var utc) ? utc : First(local.AddHours(1), clock);

    private static DateTimeOffset Last(DateTime local, TimeZoneInfo clock) =>
        WallClock.TryToUtc(local, repeated: true, clock, out var utc) ? utc : First(local, clock);
}
