using OptiBid.Connectors.Zones.Fetching;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Zones.Fetching;

public sealed class PublishedRowsTests
{
    private readonly ScriptedFeed _feed = new("pjm:test", TimeSpan.Zero);

    [Fact]
    public void Take_MoreThanItHolds_ForgetsTheOldestIntervals()
    {
        var rows = new PublishedRows(rowsAtMost: 3);

        Assert.Equal(5, rows.Take([.. Enumerable.Range(0, 5).Select(_feed.Tick)]).Ticks.Length);

        Assert.Equal(3, rows.Count);
        Assert.Equal([0], rows.Take([_feed.Tick(0), _feed.Tick(4)]).Ticks.Select(tick => (int)tick.Price));
    }

    [Fact]
    public void Take_NothingKnownYet_IsNotCopied()
    {
        PriceTick[] ticks = [.. Enumerable.Range(0, 5).Select(_feed.Tick)];

        Assert.Same(ticks, new PublishedRows().Take(ticks).Ticks);
    }

    [Fact]
    public void Take_SomeKnown_GivesTheOthersInTheirOrder()
    {
        var rows = new PublishedRows();
        rows.Take([_feed.Tick(2), _feed.Tick(3)]);

        var news = rows.Take([.. Enumerable.Range(0, 6).Select(_feed.Tick)]);

        Assert.Equal([0, 1, 4, 5], news.Ticks.Select(tick => (int)tick.Price));
        Assert.Equal((4, 0, 2), (news.Accepted, news.Revised, news.Duplicate));
    }

    [Fact]
    public void ForgetBefore_OldIntervals_TakeNoRoom()
    {
        var rows = new PublishedRows();
        rows.Take([.. Enumerable.Range(0, 5).Select(_feed.Tick)]);

        rows.ForgetBefore(_feed.Tick(3).Timestamp);

        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public void Take_ComponentThatComesLater_IsAChange()
    {
        var rows = new PublishedRows();
        rows.Take([_feed.Tick(0)]);

        Assert.Single(rows.Take([_feed.Tick(0) with { LossCost = 0 }]).Ticks);
        Assert.Empty(rows.Take([_feed.Tick(0) with { LossCost = 0 }]).Ticks);
    }

    [Fact]
    public void Take_VersionsOfOneInterval_AreCountedAsWhatTheyAre()
    {
        var rows = new PublishedRows();
        var first = _feed.Tick(0);
        var second = first with { Price = 40, PublishedAt = first.PublishedAt.AddSeconds(1) };
        var repeated = second with { PublishedAt = first.PublishedAt.AddSeconds(2) };

        var one = rows.Take([first, second]);
        var again = rows.Take([first, second]);
        var later = rows.Take([repeated]);

        Assert.Equal((2, 1, 1, 0), (one.Ticks.Length, one.Accepted, one.Revised, one.Duplicate));
        Assert.Equal((0, 0, 0, 2), (again.Ticks.Length, again.Accepted, again.Revised, again.Duplicate));
        // A value repeated at a later time orders what comes after it, so it is passed on, and is no news all the same.
        Assert.Equal((1, 0, 0, 1), (later.Ticks.Length, later.Accepted, later.Revised, later.Duplicate));
    }

    [Fact]
    public void Take_TwoSeriesOfOneFeed_DoNotHideEachOther()
    {
        var rows = new PublishedRows();
        var hourly = _feed.Tick(0) with { PriceType = PriceType.DayAheadHourly, PublishedAt = _feed.Tick(0).PublishedAt.AddDays(-1) };

        Assert.Equal((2, 2), (rows.Take([_feed.Tick(0), hourly]).Ticks.Length, rows.Count));
    }
}
