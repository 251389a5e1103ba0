using System.Text.Json.Serialization;

namespace OptiBid.Grains.Interfaces;

/// <summary>Which of a market's price series a price belongs to: the run that set it and the interval it covers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PriceType>))]
public enum PriceType : byte
{
    /// <summary>Real-time dispatch, five-minute intervals.</summary>
    [JsonStringEnumMemberName("REAL_TIME_5_MIN")]
    RealTime5Min = 1,

    /// <summary>Real-time, fifteen-minute intervals (ERCOT settlement point prices, CAISO RTPD).</summary>
    [JsonStringEnumMemberName("REAL_TIME_15_MIN")]
    RealTime15Min = 2,

    /// <summary>Real-time, hourly averages as settled.</summary>
    [JsonStringEnumMemberName("REAL_TIME_HOURLY")]
    RealTimeHourly = 3,

    /// <summary>Day-ahead market, hourly.</summary>
    [JsonStringEnumMemberName("DAY_AHEAD_HOURLY")]
    DayAheadHourly = 4,
}
