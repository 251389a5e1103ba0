using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Fundamentals;

/// <summary>One run of a report of load or generation: how it is asked for.</summary>
/// <param name="Name">The feed's name.</param>
/// <param name="MarketRun">Run it is asked for.</param>
internal sealed record OasisForecast(string Name, string MarketRun)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>OASIS refuses more than 31 days.</summary>
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>Often about the hour at which forecasts come, else seldom.</summary>
    private static readonly PollSchedule Mornings = PollSchedule.Around(
        MarketClocks.Pacific, new TimeOnly(9, 0), new TimeOnly(10, 30), PollSchedule.Every(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(4)), PollSchedule.Every(TimeSpan.FromHours(3), TimeSpan.FromMinutes(33)));

    /// <summary>Load as it was, hourly.</summary>
    public static OasisForecast Actual { get; } = new("caiso:SLD_FCST_ACTUAL", "ACTUAL")
    {
        Schedule = PollSchedule.Every(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(7)),
        Ahead = TimeSpan.Zero,
        Behind = Day,
        Window = Month,
    };

    /// <summary>Load forecast of the day ahead, hourly.</summary>
    public static OasisForecast DayAhead { get; } = new("caiso:SLD_FCST_DAM", "DAM") { Schedule = Mornings, Ahead = 2 * Day, Behind = Day, Window = Month };

    /// <summary>Load forecast of two days ahead, hourly.</summary>
    public static OasisForecast TwoDays { get; } = new("caiso:SLD_FCST_2DA", "2DA") { Schedule = Mornings, Ahead = 3 * Day, Behind = Day, Window = Month };

    /// <summary>Load forecast of seven days ahead, hourly.</summary>
    public static OasisForecast SevenDays { get; } = new("caiso:SLD_FCST_7DA", "7DA") { Schedule = Mornings, Ahead = 8 * Day, Behind = Day, Window = Month };

    /// <summary>Load forecasts of real-time dispatch and pre-dispatch, of five and fifteen minutes.</summary>
    public static OasisForecast RealTime { get; } = new("caiso:SLD_FCST_RTM", "RTM")
    {
        Schedule = PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(40)),
        Ahead = Hour,
        Behind = 2 * Hour,
        Window = Day,
    };

    /// <summary>Wind and sun of the day ahead, hourly.</summary>
    public static OasisForecast Renewable { get; } = new("caiso:SLD_REN_FCST", "DAM") { Schedule = Mornings, Ahead = 2 * Day, Behind = Day, Window = Month, IsRenewable = true };

    /// <summary>When it is asked.</summary>
    public required PollSchedule Schedule { get; init; }

    /// <summary>How far past now it reaches.</summary>
    public required TimeSpan Ahead { get; init; }

    /// <summary>How far before now it is read with every poll.</summary>
    public required TimeSpan Behind { get; init; }

    /// <summary>Longest range asked for at once.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>Whether it is the report of wind and sun.</summary>
    public bool IsRenewable { get; init; }
}
