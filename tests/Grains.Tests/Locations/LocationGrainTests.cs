using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;
using Orleans.Concurrency;

namespace OptiBid.Grains.Tests.Locations;

public sealed class LocationGrainTests
{
    private static readonly LocationId Place = new(MarketZone.PJM, "51288");

    private static Task FlushAsync(LocationCluster cluster) => cluster.Flusher().FlushAsync(TestContext.Current.CancellationToken);

    private static async Task<LocationTurn> ApplyAsync(ILocationGrain location, params PriceTick[] ticks) =>
        await location.ApplyAsync(ticks.AsImmutable());

    private static async Task<PriceUpdate> NewestAsync(ILocationGrain location) =>
        Assert.Single((await location.GetNewestAsync()).Value);

    [Fact]
    public async Task Apply_TickOfAnotherLocation_IsRefusedAndChangesNothing()
    {
        await using var cluster = await LocationCluster.StartAsync();
        await ApplyAsync(cluster.Location(), Prices.Tick(0, 30));

        await Assert.ThrowsAsync<ArgumentException>(() => ApplyAsync(cluster.Location(), Prices.Tick(1, 31), Prices.Tick(1, 99, location: "51289")));

        Assert.Equal(30, (await NewestAsync(cluster.Location())).Tick.Price);
    }

    [Fact]
    public async Task Activate_AfterTheSiloIsGone_GoesOnFromTheSavedState()
    {
        var store = new MemoryStateStore();
        PriceUpdate before;
        await using (var first = await LocationCluster.StartAsync(store: store))
        {
            for (var i = 0; i < 30; i++) await ApplyAsync(first.Location(), Prices.Tick(i - 40, i * 7 % 11));
            before = await NewestAsync(first.Location());
        }

        await using var second = await LocationCluster.StartAsync(store: store);

        Assert.Equal(before, await NewestAsync(second.Location()));
        Assert.Equal(TickKind.Duplicate, Assert.Single((await ApplyAsync(second.Location(), Prices.Tick(-11, 29 * 7 % 11))).Kinds));
    }

    [Fact]
    public async Task Activate_TailNewerThanTheState_CatchesUp()
    {
        var store = new MemoryStateStore();
        store.Tails[new LocationId(MarketZone.PJM, "51288")] = [Prices.Tick(-3, 10), Prices.Tick(-2, 12), Prices.Tick(-1, 11)];
        await using var cluster = await LocationCluster.StartAsync(store: store);

        var newest = await NewestAsync(cluster.Location());

        Assert.Equal((11.0, -1.0), (newest.Tick.Price, newest.Change));
        Assert.NotNull(newest.Volatility1h);
    }

    [Fact]
    public async Task Activate_SavedByAVersionWithOtherWindows_StartsFromTheHistorysTail()
    {
        var store = new MemoryStateStore();
        await using (var first = await LocationCluster.StartAsync(store: store)) await ApplyAsync(first.Location(), Prices.Tick(-1, 30));
        store.Keep(store.States[Place] with { Windows = [1, 2, 3] });
        store.Tails[Place] = [Prices.Tick(-2, 10), Prices.Tick(-1, 12)];

        await using var second = await LocationCluster.StartAsync(store: store);

        Assert.Equal((12.0, 2.0), ((await NewestAsync(second.Location())).Tick.Price, (await NewestAsync(second.Location())).Change));
    }

    [Fact]
    public async Task Apply_StoreAway_GoesOnAndSavesOnceItHasItsPast()
    {
        await using var cluster = await LocationCluster.StartAsync();
        cluster.Store.Away = true;
        await ApplyAsync(cluster.Location(), Prices.Tick(0, 30));
        Assert.Equal(30, (await NewestAsync(cluster.Location())).Tick.Price);

        cluster.Store.Away = false;
        await FlushAsync(cluster);
        Assert.Empty(cluster.Store.States);

        await cluster.RestoreAsync();
        await FlushAsync(cluster);
        Assert.Equal(30, Assert.Single(cluster.Store.States.Values).Newest[0].Tick.Price);
    }

    [Fact]
    public async Task Apply_StoreBackAfterTicksWithoutThePast_SavesPastAndTicks()
    {
        var store = new MemoryStateStore();
        PriceUpdate before;
        await using (var first = await LocationCluster.StartAsync(store: store))
        {
            for (var i = 0; i < 30; i++) await ApplyAsync(first.Location(), Prices.Tick(i - 40, i * 7 % 11));
            before = await NewestAsync(first.Location());
            await ApplyAsync(first.Location(), Prices.Tick(-1, 44, type: PriceType.DayAheadHourly));
        }

        store.Away = true;
        await using (var second = await LocationCluster.StartAsync(store: store))
        {
            await ApplyAsync(second.Location(), Prices.Tick(-10, 5));
            store.Away = false;
            await FlushAsync(second);
            // Neither may one that goes leave its little behind.
            Assert.False((await second.DeactivateAsync()).IsActive);
            await FlushAsync(second);
            store.Away = true;
            await ApplyAsync(second.Location(), Prices.Tick(-10, 5));
            await second.RestoreAsync();
            await FlushAsync(second);
        }

        await using var third = await LocationCluster.StartAsync(store: store);
        var newest = (await third.Location().GetNewestAsync()).Value;
        Assert.Equal([(PriceType.RealTime5Min, 5.0), (PriceType.DayAheadHourly, 44.0)], newest.Select(update => (update.Tick.PriceType, update.Tick.Price)));
        Assert.Equal(5 - before.Tick.Price, newest[0].Change);
        Assert.Equal(TickKind.Duplicate, Assert.Single((await ApplyAsync(third.Location(), Prices.Tick(-40, 0))).Kinds));
    }

    [Fact]
    public async Task Restore_HistoryHasALaterPublication_IsToldToTheLiveFeed()
    {
        await using var cluster = await LocationCluster.StartAsync();
        cluster.Store.Away = true;
        var told = Assert.Single((await ApplyAsync(cluster.Location(), Prices.Tick(-1, 30, published: 1))).Newest);
        cluster.Store.Tails[Place] = [Prices.Tick(-1, 31, published: 2) with { Revision = 1 }];

        await cluster.RestoreAsync();

        var shown = Assert.Single(cluster.Service<LiveFeed>().Snapshot([MarketZone.PJM]));
        Assert.Equal(31, shown.Tick.Price);
        Assert.True(shown.Supersedes(told));
        Assert.Equal(shown, await NewestAsync(cluster.Location()));
    }

    [Fact]
    public async Task MoveTo_AnotherSilo_TakesItsBookAlong()
    {
        await using var cluster = await LocationCluster.StartAsync(silos: 2);
        for (var i = 0; i < 20; i++) await ApplyAsync(cluster.Location(), Prices.Tick(i - 40, i));
        var before = await NewestAsync(cluster.Location());
        var from = (await ApplyAsync(cluster.Location(), Prices.Tick(-21, 19))).Host;
        var target = cluster.Silos.Single(silo => !silo.Equals(from));
        cluster.Store.Away = true;

        await cluster.Location().MoveToAsync(target);
        var host = from;
        for (var i = 0; i < 500 && !host.Equals(target); i++) host = (await ApplyAsync(cluster.Location(), Prices.Tick(-21, 19))).Host;

        Assert.Equal(target, host);
        Assert.Equal(before, await NewestAsync(cluster.Location()));
    }
}
