namespace OptiBid.Gateway.Analytics;

/// <summary>
/// The six days a year that power is traded as off-peak whatever weekday they are: NERC's "Additional Off-peak Days",
/// since kept by NAESB (WEQ). One that falls on a Sunday is observed on the Monday after; one on a Saturday stays there.
/// </summary>
internal static class NercHolidays
{
    /// <summary>True on the day a holiday is observed.</summary>
    public static bool Contains(DateOnly day) => day switch
    {
        { DayOfWeek: DayOfWeek.Sunday } => false,
        { DayOfWeek: DayOfWeek.Monday, Day: > 1 } when IsFixed(day.AddDays(-1)) => true,
        { Month: 5, DayOfWeek: DayOfWeek.Monday } => day.Day > 24,
        { Month: 9, DayOfWeek: DayOfWeek.Monday } => day.Day <= 7,
        { Month: 11, DayOfWeek: DayOfWeek.Thursday } => day.Day is > 21 and <= 28,
        _ => IsFixed(day),
    };

    private static bool IsFixed(DateOnly day) => (day.Month, day.Day) is (1, 1) or (7, 4) or (12, 25);
}
