using FsCheck.Xunit;
using OptiBid.Connectors.Caiso.Prices;
using OptiBid.Connectors.Ercot;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Pjm;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Feeds;

public sealed class PollScheduleTests
{
    private static readonly PollSchedule[] All =
    [
        .. PjmFeeds.All.Select(feed => feed.Schedule),
        .. CaisoFeeds.All.Select(feed => feed.Schedule),
        .. ErcotProducts.All.Select(file => file.Schedule),
    ];

    [Property]
    public bool Next_AnyMoment_IsLaterAndNotADayAway(uint seconds, byte which)
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(seconds % 400_000_000);
        var next = All[which % All.Length].Next(now);
        return next > now && next < now.AddDays(1);
    }

    [Theory]
    [InlineData("2026-11-22T17:25:00Z", "2026-11-22T17:26:40Z")]
    [InlineData("2026-11-22T17:26:39Z", "2026-11-22T17:26:40Z")]
    [InlineData("2026-11-22T17:26:40Z", "2026-11-22T17:31:40Z")]
    public void Every_MomentInAPeriod_IsAlignedToThePublication(string now, string next) =>
        Assert.Equal(
            DateTimeOffset.Parse(next),
            PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(100)).Next(DateTimeOffset.Parse(now)));

    [Theory]
    [InlineData("2026-11-22T17:30:00Z", "2026-11-22T18:00:00Z")] // 12:30 EST: the window opens before the next rare poll
    [InlineData("2026-11-22T18:05:00Z", "2026-11-22T18:10:00Z")] // 13:05 EST, within
    [InlineData("2026-11-22T21:00:00Z", "2026-11-23T00:00:00Z")] // 16:00 EST, after
    public void Around_WindowOfTheMarketsDay_PollsOftenWithinIt(string now, string next)
    {
        var schedule = PollSchedule.Around(
            MarketClocks.Eastern,
            new TimeOnly(13, 0),
            new TimeOnly(16, 0),
            PollSchedule.Every(TimeSpan.FromMinutes(10), TimeSpan.Zero),
            PollSchedule.Every(TimeSpan.FromHours(3), TimeSpan.Zero));

        Assert.Equal(DateTimeOffset.Parse(next), schedule.Next(DateTimeOffset.Parse(now)));
    }
}
