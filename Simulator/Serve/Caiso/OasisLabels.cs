using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Caiso;

/// <summary>How OASIS labels an interval: GMT, trade date, and hour-ending hour, 25 for the repeated one.</summary>
internal static class OasisLabels
{
    /// <summary>Start or end of an interval in GMT.</summary>
    public static Cell Gmt(DateTimeOffset instant) => Cell.Of(instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'-00:00'", CultureInfo.InvariantCulture));

    /// <summary>Trade date.</summary>
    public static Cell Date(DateTimeOffset start) => Cell.Of(HourEnding.FromUtc(start, MarketClocks.Pacific).Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Hour.</summary>
    /// <param name="start">Start of the interval.</param>
    /// <param name="format">With how many digits it is written.</param>
    public static Cell Hour(DateTimeOffset start, string format = "0") =>
        HourEnding.FromUtc(start, MarketClocks.Pacific) is var hour ? Cell.Number(hour.Repeated ? 25 : hour.Hour, format) : default;

    /// <summary>Number of the interval within its hour, from 1; 0 for hourly ones.</summary>
    public static Cell Interval(DateTimeOffset start, TimeSpan length) =>
        Cell.Number(length >= TimeSpan.FromHours(1) ? 0 : start.Minute / (long)length.TotalMinutes + 1);

    /// <summary>The order in which OASIS lists the intervals of a series: none that one could rely on.</summary>
    /// <param name="starts">The intervals.</param>
    /// <param name="series">Number of the series.</param>
    public static IEnumerable<DateTimeOffset> Unsorted(IReadOnlyList<DateTimeOffset> starts, int series) =>
        starts.OrderBy(start => Market.Draw.Unit(series, start));
}
