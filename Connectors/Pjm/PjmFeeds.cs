using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Pjm;

/// <summary>The Data Miner 2 feeds that carry prices.</summary>
internal static class PjmFeeds
{
    private static readonly PollSchedule QuarterPast = PollSchedule.Every(TimeSpan.FromHours(1), TimeSpan.FromMinutes(15));

    /// <summary>Real-time five-minute prices as dispatched, a minute or two into the interval.</summary>
    public static PjmFeedDefinition LiveFiveMinute { get; } = new()
    {
        Feed = "rt_unverified_fivemin_lmps",
        PriceType = PriceType.RealTime5Min,
        Suffix = "rt",
        IsVerified = false,
        Schedule = PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(100)),
        Reread = new(TimeSpan.FromMinutes(30), TimeSpan.Zero),
        Lookback = TimeSpan.FromHours(1),
        PublishedAt = start => start + TimeSpan.FromSeconds(90),
    };

    /// <summary>The same prices verified, on the next business day.</summary>
    public static PjmFeedDefinition VerifiedFiveMinute { get; } = new()
    {
        Feed = "rt_fivemin_hrl_lmps",
        PriceType = PriceType.RealTime5Min,
        Suffix = "rt",
        Schedule = QuarterPast,
        Reread = new(TimeSpan.FromDays(1), TimeSpan.FromDays(1)),
        Lookback = TimeSpan.FromDays(1),
        PublishedAt = start => start + TimeSpan.FromHours(1),
    };

    /// <summary>Real-time hourly prices as settled.</summary>
    public static PjmFeedDefinition RealTimeHourly { get; } = new()
    {
        Feed = "rt_hrl_lmps",
        PriceType = PriceType.RealTimeHourly,
        Suffix = "rt",
        Schedule = QuarterPast,
        Reread = new(TimeSpan.FromDays(4), TimeSpan.FromDays(1)),
        Lookback = TimeSpan.FromDays(4),
        PublishedAt = start => start + TimeSpan.FromHours(1),
    };

    /// <summary>Day-ahead hourly prices, early in the afternoon before the delivery day.</summary>
    public static PjmFeedDefinition DayAhead { get; } = new()
    {
        Feed = "da_hrl_lmps",
        PriceType = PriceType.DayAheadHourly,
        Suffix = "da",
        Schedule = PollSchedule.Around(
            MarketClocks.Eastern,
            new TimeOnly(13, 0),
            new TimeOnly(16, 0),
            PollSchedule.Every(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)),
            PollSchedule.Every(TimeSpan.FromHours(3), TimeSpan.FromMinutes(20))),
        Reread = new(TimeSpan.FromDays(2), TimeSpan.FromHours(6)),
        Lookback = TimeSpan.FromDays(1),
        Ahead = TimeSpan.FromDays(2),
        PublishedAt = start => DayAheadPublication.Of(start, MarketZone.PJM),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PjmFeedDefinition> All { get; } = [LiveFiveMinute, RealTimeHourly, DayAhead, VerifiedFiveMinute];
}
