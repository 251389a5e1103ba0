namespace OptiBid.Client;

/// <summary>The price series of a location, as they are written.</summary>
public static class PriceTypes
{
    /// <summary>Real-time, 5 minutes.</summary>
    public const string RealTime5Min = "REAL_TIME_5_MIN";

    /// <summary>Real-time, 15 minutes.</summary>
    public const string RealTime15Min = "REAL_TIME_15_MIN";

    /// <summary>Real-time, hourly.</summary>
    public const string RealTimeHourly = "REAL_TIME_HOURLY";

    /// <summary>Day-ahead, hourly.</summary>
    public const string DayAheadHourly = "DAY_AHEAD_HOURLY";
}
