using OptiBid.Connectors.Caiso.Oasis;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Prices;

/// <summary>
/// The OASIS reports that carry prices. There is no hourly real-time one: the market settles each five and fifteen minutes, and the
/// prices of the hour-ahead process (<c>PRC_HASP_LMP</c>) are advisory.
/// </summary>
internal static class CaisoFeeds
{
    /// <summary>Real-time dispatch, five minutes.</summary>
    public static CaisoFeedDefinition RealTime { get; } = new("PRC_INTVL_LMP", "RTM", 3, PriceType.RealTime5Min)
    {
        Schedule = PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(75)),
        Reread = new(TimeSpan.FromMinutes(30), TimeSpan.Zero),
        Lookback = TimeSpan.FromHours(1),
        Ahead = TimeSpan.FromMinutes(5),
        Window = TimeSpan.FromHours(1),
        Pieces = OasisWindow.Hours,
        BackfillChunk = TimeSpan.FromHours(6),
        PublishedAt = start => start + TimeSpan.FromMinutes(1),
    };

    /// <summary>Real-time pre-dispatch, fifteen minutes.</summary>
    public static CaisoFeedDefinition FifteenMinute { get; } = new("PRC_RTPD_LMP", "RTPD", 3, PriceType.RealTime15Min)
    {
        Schedule = PollSchedule.Every(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(90)),
        Reread = new(TimeSpan.FromMinutes(30), TimeSpan.Zero),
        Lookback = TimeSpan.FromHours(1),
        Ahead = TimeSpan.FromMinutes(15),
        Window = TimeSpan.FromHours(1),
        Pieces = OasisWindow.Hours,
        BackfillChunk = TimeSpan.FromHours(6),
        PublishedAt = start => start,
    };

    /// <summary>Day-ahead, hourly.</summary>
    public static CaisoFeedDefinition DayAhead { get; } = new("PRC_LMP", "DAM", 12, PriceType.DayAheadHourly)
    {
        Schedule = PollSchedule.Around(
            MarketClocks.Pacific,
            new TimeOnly(12, 50),
            new TimeOnly(16, 0),
            PollSchedule.Every(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(2)),
            PollSchedule.Every(TimeSpan.FromHours(3), TimeSpan.FromMinutes(25))),
        Reread = new(TimeSpan.FromDays(2), TimeSpan.FromHours(6)),
        Lookback = TimeSpan.FromDays(1),
        Ahead = TimeSpan.FromDays(2),
        Window = TimeSpan.FromDays(1),
        Pieces = OasisWindow.Days,
        BackfillChunk = TimeSpan.FromDays(1),
        Patience = TimeSpan.FromMinutes(75),
        PublishedAt = start => DayAheadPublication.Of(start, MarketZone.CAISO),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CaisoFeedDefinition> All { get; } = [RealTime, FifteenMinute, DayAhead];
}
