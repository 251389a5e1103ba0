using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>Hour, weekday, holiday and season of an instant on a market's own clock.</summary>
internal sealed class MarketCalendar(MarketZone zone)
{
    private readonly TimeZoneInfo _clock = MarketClocks.Of(zone);

    /// <summary>What the calendar says of an instant.</summary>
    public Moment At(DateTimeOffset instant)
    {
        var local = instant.UtcDateTime + _clock.GetUtcOffset(instant);
        var hour = local.TimeOfDay.TotalHours;
        // A day's business begins in its morning: the small hours still belong to the evening before.
        var began = Curves.Step((hour - 1) / 7);
        var work = (1 - began) * Work(local.Date.AddDays(-1)) + began * Work(local.Date);
        return new Moment(hour, work, (local.DayOfYear - 1 + hour / 24) / 365.25);
    }

    /// <summary>How much of a working day a date is: 1, Saturday less, Sundays and holidays none.</summary>
    public static double Work(DateTime date) => date.DayOfWeek switch
    {
        DayOfWeek.Sunday => 0,
        _ when IsHoliday(date) => 0,
        DayOfWeek.Saturday => 0.25,
        _ => 1,
    };

    /// <summary>The six holidays that NERC counts as off-peak.</summary>
    private static bool IsHoliday(DateTime date) => (date.Month, date.Day) switch
    {
        (1, 1) or (7, 4) or (12, 25) => true,
        // One that falls on a Sunday is kept on the Monday.
        (1, 2) or (7, 5) or (12, 26) => date.DayOfWeek == DayOfWeek.Monday,
        (5, >= 25) => date.DayOfWeek == DayOfWeek.Monday,
        (9, <= 7) => date.DayOfWeek == DayOfWeek.Monday,
        (11, >= 22 and <= 28) => date.DayOfWeek == DayOfWeek.Thursday,
        _ => false,
    };

    /// <summary>A moment on the market's clock.</summary>
    /// <param name="Hour">Hour of the day, 0 to 24.</param>
    /// <param name="Work">1 on a working day, 0 on a Sunday or holiday.</param>
    /// <param name="Year">Share of the year gone by.</param>
    internal readonly record struct Moment(double Hour, double Work, double Year);
}
