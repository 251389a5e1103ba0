using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Tests.Alerts;

public sealed class AlertWatchTests
{
    [Fact]
    public async Task Boards_CannotBeReadAtTheStart_PricesWaitAWhileAndLearnThatTheyMustComeAgain()
    {
        await using var cluster = await AlertCluster.StartAsync();
        cluster.Storage.Unreadable = true;
        await cluster.Watch.RefreshAsync();
        Assert.False(await cluster.Watch.AwaitAsync());
        Assert.False(cluster.Watch.Ready.IsCompleted);

        cluster.Storage.Unreadable = false;
        await cluster.Watch.RefreshAsync();
        Assert.True(await cluster.Watch.AwaitAsync());
    }

    [Fact]
    public async Task Boards_ThatStayUnreadable_AreGivenUpOnAfterTenMinutes()
    {
        await using var cluster = await AlertCluster.StartAsync();
        cluster.Storage.Unreadable = true;
        var clock = new FakeTimeProvider(Prices.Noon);
        using var watch = cluster.NewWatch(clock);
        var again = watch.AgainAsync();
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.False(again.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await again);

        using var other = cluster.NewWatch(clock);
        again = other.AgainAsync();
        cluster.Storage.Unreadable = false;
        await other.RefreshAsync();
        Assert.False(await again);
    }

    [Fact]
    public async Task Board_ThatGoesAway_LeavesItsRulesInForce()
    {
        await using var cluster = await AlertCluster.StartAsync();
        await cluster.SaveAsync(Rules.Rule(AlertKind.Above, 100) with { Id = "" });
        var inForce = cluster.Watch.InForce;
        await cluster.Watch.RefreshAsync();
        Assert.Same(inForce, cluster.Watch.InForce);

        await cluster.EndUserAsync();
        cluster.Storage.Unreadable = true;
        await cluster.Watch.RefreshAsync();
        Assert.Same(inForce, cluster.Watch.InForce);
        Assert.Single(inForce.At(new(MarketZone.PJM, "51288")));
    }
}
