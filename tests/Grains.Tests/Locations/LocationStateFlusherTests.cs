using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;
using Orleans.Concurrency;

namespace OptiBid.Grains.Tests.Locations;

public sealed class LocationStateFlusherTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task ApplyAsync(LocationCluster cluster, params string[] locations) => Task.WhenAll(locations.Select(
        location => cluster.Location(location).ApplyAsync(new[] { Prices.Tick(-1, 30, location: location) }.AsImmutable())));

    [Fact]
    public async Task Flush_OneStateRejected_SavesTheOthersAndGoesOn()
    {
        await using var cluster = await LocationCluster.StartAsync();
        cluster.Store.Rejects = state => state.Location.Location == "bad";
        string[] good = ["a", "b", "c", "d"];
        await ApplyAsync(cluster, [.. good, "bad"]);

        await cluster.Flusher().FlushAsync(Cancel);
        Assert.Equal(good, cluster.Store.States.Keys.Select(id => id.Location).Order());

        await ApplyAsync(cluster, "later");
        await cluster.Flusher().FlushAsync(Cancel);
        Assert.Contains("later", cluster.Store.States.Keys.Select(id => id.Location));
    }

    [Fact]
    public async Task Flush_TakingOneStateThrows_SavesTheOthers()
    {
        await using var cluster = await LocationCluster.StartAsync();
        await ApplyAsync(cluster, "a");
        Assert.True(cluster.Service<ActiveLocations>().TryGet(new(MarketZone.PJM, "a"), out var grain));
        cluster.Flusher().Enqueue(grain.Context, () => throw new InvalidOperationException("a fault of ours"));
        await ApplyAsync(cluster, "b");

        await cluster.Flusher().FlushAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.Equal(["a", "b"], cluster.Store.States.Keys.Select(id => id.Location).Order());
    }
}
