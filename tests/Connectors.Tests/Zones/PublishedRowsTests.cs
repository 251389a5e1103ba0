using OptiBid.Connectors.Zones;

namespace OptiBid.Connectors.Tests.Zones;

public sealed class PublishedRowsTests
{
    private readonly ScriptedFeed _feed = new("pjm:test", TimeSpan.Zero);

    [Fact]
    public void Take_MoreThanItHolds_ForgetsTheOldestIntervals()
    {
        var rows = new PublishedRows(rowsAtMost: 3);

        Assert.Equal(5, rows.Take([.. Enumerable.Range(0, 5).Select(_feed.Tick)]).Length);

        Assert.Equal(3, rows.Count);
        Assert.Equal([0], rows.Take([_feed.Tick(0), _feed.Tick(4)]).Select(tick => (int)tick.Price));
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

        Assert.Single(rows.Take([_feed.Tick(0) with { LossCost = 0 }]));
        Assert.Empty(rows.Take([_feed.Tick(0) with { LossCost = 0 }]));
    }
}
