using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Pjm;

/// <summary>
/// The Data Miner 2 feeds that carry prices. Of the 324 calls an hour that the limit of six a minute leaves after its
/// safety margin, all of PJM's feeds together take some 60 for the whole zone on an average day; the rest is for reading the past.
/// </summary>
internal static class PjmFeeds
{
    /// <summary>PJM verifies prices for ten business days; two weekends and a holiday lie among them.</summary>
    private static readonly TimeSpan Verification = TimeSpan.FromDays(16);

    /// <summary>No hour has been seen to reach its fourth version.</summary>
    private const string LaterVersions = "2;3;4;5;6;7;8;9";

    private static readonly PollSchedule QuarterPast = PollSchedule.Every(TimeSpan.FromHours(1), TimeSpan.FromMinutes(15));

    /// <summary>At night, when PJM has posted what it posts on a business day.</summary>
    private static readonly PollSchedule Nightly = PollSchedule.Every(TimeSpan.FromDays(1), new TimeSpan(3, 25, 0));

    /// <summary>Real-time five-minute prices as dispatched, a minute or two into the interval.</summary>
    public static PjmFeedDefinition LiveFiveMinute { get; } = new()
    {
        Feed = "rt_unverified_fivemin_lmps",
        PriceType = PriceType.RealTime5Min,
        Suffix = "rt",
        IsVerified = false,
        Schedule = PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(100)),
        // Half an hour of the whole zone is two pages; with every poll that would be half of all calls.
        Reread = new(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(15)),
        Lookback = TimeSpan.FromHours(1),
        PublishedAt = start => start + TimeSpan.FromSeconds(90),
    };

    /// <summary>The same prices verified: PJM posts whole days, about noon of the next business day.</summary>
    public static PjmFeedDefinition VerifiedFiveMinute { get; } = new()
    {
        Feed = "rt_fivemin_hrl_lmps",
        PriceType = PriceType.RealTime5Min,
        Suffix = "rt",
        Kind = FeedKind.Corrections,
        ComesByTheDay = true,
        Schedule = PollSchedule.Around(
            MarketClocks.Eastern,
            new TimeOnly(9, 0),
            new TimeOnly(19, 0),
            QuarterPast,
            PollSchedule.Every(TimeSpan.FromHours(3), TimeSpan.FromMinutes(15))),
        Reread = new(TimeSpan.FromHours(1), null),
        Lookback = TimeSpan.FromDays(1),
        PublishedAt = EndOfDay,
    };

    /// <summary>Verified five-minute prices that PJM has replaced since it posted them.</summary>
    public static PjmFeedDefinition RevisedFiveMinute { get; } = Revised(VerifiedFiveMinute);

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

    /// <summary>Hourly prices that PJM has replaced since it posted them.</summary>
    public static PjmFeedDefinition RevisedHourly { get; } = Revised(RealTimeHourly);

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
    public static IReadOnlyList<PjmFeedDefinition> All { get; } = [LiveFiveMinute, RealTimeHourly, DayAhead, VerifiedFiveMinute, RevisedFiveMinute, RevisedHourly];

    private static PjmFeedDefinition Revised(PjmFeedDefinition feed) => feed with
    {
        Kind = FeedKind.Corrections,
        Versions = LaterVersions,
        ComesByTheDay = false,
        Schedule = Nightly,
        Reread = new(Verification, TimeSpan.Zero),
        Lookback = Verification,
    };

    /// <summary>Midnight after the operating day (Eastern time): PJM posts a day's verified prices some time after that, and the rows do not say when.</summary>
    private static DateTimeOffset EndOfDay(DateTimeOffset start)
    {
        var day = WallClock.FromUtc(start, MarketClocks.Eastern).Local.Date;
        _ = WallClock.TryToUtc(day.AddDays(1), repeated: false, MarketClocks.Eastern, out var midnight);
        return midnight;
    }
}
