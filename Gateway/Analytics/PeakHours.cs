using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Analytics;

/// <summary>
/// The hours that each market's standard product "on-peak" covers; all others are off-peak. 5x16 is hour ending (HE) 08 to
/// 23 in the East and HE 07 to 22 in ERCOT and SPP, Monday to Friday; 6x16 in the West is HE 07 to 22, Monday to Saturday; none on
/// <see cref="NercHolidays"/>. By the market's own clock, which for MISO is Eastern Standard Time all year round.
/// docs/analytics.md names the sources.
/// </summary>
internal static class PeakHours
{
    private const int Length = 16;

    /// <summary>True when the instant is in an on-peak hour.</summary>
    public static bool Contains(MarketZone zone, DateTimeOffset instant)
    {
        var shown = TimeZoneInfo.ConvertTime(instant, MarketClocks.Of(zone)).DateTime;
        var first = FirstHour(zone);
        return shown.Hour >= first && shown.Hour < first + Length && IsWorkday(zone, shown.DayOfWeek) && !NercHolidays.Contains(DateOnly.FromDateTime(shown));
    }

    // Hour ending 07 is the one that begins at six.
    private static int FirstHour(MarketZone zone) => zone is MarketZone.ERCOT or MarketZone.SPP or MarketZone.CAISO ? 6 : 7;

    private static bool IsWorkday(MarketZone zone, DayOfWeek day) =>
        day is not DayOfWeek.Sunday && (day is not DayOfWeek.Saturday || zone is MarketZone.CAISO);
}
