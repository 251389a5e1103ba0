using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>ERCOT's labels: delivery dates, hours ending 1 to 24 in central time, and the flag of the repeated hour.</summary>
internal static class ErcotTimes
{
    /// <summary>What the clock shows at an instant.</summary>
    public static DateTime Central(DateTimeOffset instant) => WallClock.FromUtc(instant, MarketClocks.Central).Local;

    /// <summary>Whether it shows it for the second time.</summary>
    public static bool IsRepeated(DateTimeOffset instant) => WallClock.FromUtc(instant, MarketClocks.Central).Repeated;

    /// <summary>The hour an instant falls in.</summary>
    public static HourEnding Hour(DateTimeOffset instant) => HourEnding.FromUtc(instant, MarketClocks.Central);

    /// <summary>The flag as files write it.</summary>
    public static Cell YesNo(DateTimeOffset instant) => Cell.Of(IsRepeated(instant) ? "Y" : "N");

    /// <summary>A delivery date as files write it.</summary>
    public static Cell Date(DateTimeOffset start) => Cell.Of(Hour(start).Day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture));

    /// <summary>A time as files write it.</summary>
    public static Cell Time(DateTimeOffset instant) => Cell.Of(Central(instant).ToString("MM/dd/yyyy HH:mm:ss", CultureInfo.InvariantCulture));

    /// <summary>With the offset, as lists and dashboards write it.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="format">Date and time.</param>
    /// <param name="colon">Whether the offset has a colon.</param>
    public static string WithOffset(DateTimeOffset instant, string format, bool colon)
    {
        var local = TimeZoneInfo.ConvertTime(instant, MarketClocks.Central);
        var offset = local.ToString("zzz", CultureInfo.InvariantCulture);
        return local.ToString(format, CultureInfo.InvariantCulture) + (colon ? offset : offset.Replace(":", "", StringComparison.Ordinal));
    }
}
