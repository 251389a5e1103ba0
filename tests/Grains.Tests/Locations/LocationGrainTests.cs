using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;
using Orleans.Concurrency;

namespace OptiBid.Grains.Tests.Locations;

public sealed class LocationGrainTests
{
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
    public async Task Apply_StoreAway_GoesOnAndSavesLater()
    {
        await using var cluster = await LocationCluster.StartAsync();
        cluster.Store.Away = true;

        await ApplyAsync(cluster.Location(), Prices.Tick(0, 30));
        await cluster.Flusher().FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(30, (await NewestAsync(cluster.Location())).Tick.Price);
        Assert.Empty(cluster.Store.States);

        cluster.Store.Away = false;
        await cluster.Flusher().FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(30, Assert.Single(cluster.Store.States.Values).Newest[0].Tick.Price);
    }

    [Fact]
    public async Task Activate_ManyAtOnce_ShareReads()
    {
        await using var cluster = await LocationCluster.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => ApplyAsync(cluster.Location($"n{i}"), Prices.Tick(0, i, location: $"n{i}"))));

        Assert.Equal(500, cluster.Service<ActiveLocations>().Count);
        Assert.InRange(cluster.Store.Restores, 1, 250);
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
