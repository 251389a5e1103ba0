namespace OptiBid.Connectors.Caiso.Fundamentals;

/// <summary>
/// When the runs of OASIS' load and generation reports publish. Their rows do not say; these are the times of CAISO's publication
/// schedule, and functions of the interval alone, so that a row read again is the same value.
/// </summary>
internal static class ForecastRun
{
    /// <summary>The load forecasts of one, two and seven days ahead are updated at about nine each morning.</summary>
    private static readonly TimeOnly LoadMorning = new(9, 10);

    /// <summary>Wind and solar are forecast before the day-ahead market closes at ten.</summary>
    private static readonly TimeOnly RenewableMorning = new(7, 0);

    /// <summary>Hourly integrated load is there an hour after its hour.</summary>
    private static readonly TimeSpan ActualDelay = TimeSpan.FromHours(2);

    /// <summary>When a load value was published; null for a run that is not known.</summary>
    /// <param name="run">Market run or execution type of the row.</param>
    /// <param name="start">Start of the interval.</param>
    public static DateTimeOffset? LoadPublishedAt(string run, DateTimeOffset start) => run.ToUpperInvariant() switch
    {
        "7DA" => Days(start, 7, LoadMorning),
        "2DA" => Days(start, 2, LoadMorning),
        "DAM" or "DA" => Days(start, 1, LoadMorning),
        "ACTUAL" => start + ActualDelay,
        var other => RealTime(other, start),
    };

    /// <summary>When a forecast of wind or sun was published; null for a run that is not known.</summary>
    public static DateTimeOffset? RenewablePublishedAt(string run, DateTimeOffset start) => run.ToUpperInvariant() switch
    {
        "DAM" or "DA" => Days(start, 1, RenewableMorning),
        var other => RealTime(other, start),
    };

    private static DateTimeOffset? RealTime(string run, DateTimeOffset start) => run switch
    {
        "HASP" => start - TimeSpan.FromMinutes(75),
        "RTPD" => start - TimeSpan.FromMinutes(22.5),
        "RTD" or "RTM" => start - TimeSpan.FromMinutes(2.5),
        _ => null,
    };

    private static DateTimeOffset Days(DateTimeOffset start, int before, TimeOnly time) => PacificDay.At(PacificDay.Of(start).AddDays(-before), time);
}
