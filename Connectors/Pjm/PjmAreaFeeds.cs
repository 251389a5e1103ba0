using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Pjm;

/// <summary>The Data Miner 2 feeds of load and its forecasts.</summary>
internal static class PjmAreaFeeds
{
    private static readonly PollSchedule FiveMinutes = PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(130));
    private static readonly PjmColumn ForecastStart = new("forecast_datetime_beginning_utc");
    private static readonly PjmColumn ForecastArea = new("forecast_area");
    private static readonly PjmColumn ForecastLoad = new("forecast_load_mw");

    /// <summary>Load as telemetered, every five minutes; PJM keeps thirty days.</summary>
    public static PjmAreaFeedDefinition InstantaneousLoad { get; } = new()
    {
        Feed = "inst_load",
        Kind = FundamentalKind.Load,
        Interval = TimeSpan.FromMinutes(5),
        Start = new("datetime_beginning_utc"),
        Area = new("area"),
        Value = new("instantaneous_load"),
        Whole = "PJM RTO",
        Schedule = FiveMinutes,
        Lookback = TimeSpan.FromDays(1),
        Reread = new(TimeSpan.FromHours(1), TimeSpan.Zero),
        BackfillChunk = TimeSpan.FromDays(7),
    };

    /// <summary>Hourly forecast of today and six days more, evaluated every half hour; only the newest evaluation is there.</summary>
    public static PjmAreaFeedDefinition SevenDayForecast { get; } = new()
    {
        Feed = "load_frcstd_7_day",
        Kind = FundamentalKind.LoadForecast,
        Interval = TimeSpan.FromHours(1),
        Start = ForecastStart,
        Area = ForecastArea,
        Value = ForecastLoad,
        Evaluated = new("evaluated_at_datetime_utc", OtherName: "evaluated_at_utc"),
        Whole = "RTO_COMBINED",
        Schedule = PollSchedule.Every(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(20)),
        Lookback = TimeSpan.FromHours(1),
        Reread = new(TimeSpan.Zero, null),
        Reach = TimeSpan.FromDays(8),
    };

    /// <summary>Five-minute forecast of the next two hours, evaluated every five minutes; PJM keeps thirty days.</summary>
    public static PjmAreaFeedDefinition VeryShortForecast { get; } = new()
    {
        Feed = "very_short_load_frcst",
        Kind = FundamentalKind.LoadForecast,
        Interval = TimeSpan.FromMinutes(5),
        Start = ForecastStart,
        Area = ForecastArea,
        Value = ForecastLoad,
        Evaluated = new("evaluated_at_utc", OtherName: "evaluated_at_datetime_utc"),
        Whole = "RTO_COMBINED",
        Schedule = FiveMinutes,
        Lookback = TimeSpan.FromHours(1),
        Reread = new(TimeSpan.FromMinutes(15), TimeSpan.Zero),
        BackfillChunk = TimeSpan.FromDays(5),
        Reach = TimeSpan.FromHours(3),
        IsAskedByEvaluation = true,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PjmAreaFeedDefinition> All { get; } = [InstantaneousLoad, SevenDayForecast, VeryShortForecast];
}
