using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;

namespace OptiBid.Grains.Tests.Locations;

public sealed class LocationRestorerTests
{
    [Fact]
    public async Task TryRestore_ManyWhileAReadIsOut_ShareTheNext()
    {
        var gate = new TaskCompletionSource();
        var store = new MemoryStateStore { Gate = gate.Task };
        using var restorer = new LocationRestorer(store, new FakeTimeProvider(Prices.Noon), NullLogger<LocationRestorer>.Instance);
        await restorer.StartAsync(TestContext.Current.CancellationToken);
        var restored = new List<LocationId>();
        Task<bool> Ask(int number) => restorer.TryRestoreAsync(new(MarketZone.PJM, $"n{number}"), location =>
        {
            lock (restored) restored.Add(location.Location);
        }, TestContext.Current.CancellationToken);

        var first = Ask(0);
        while (store.Restores == 0) await Task.Yield();
        Task<bool>[] others = [.. Enumerable.Range(1, 499).Select(Ask)];
        gate.SetResult();

        Assert.True(await first);
        Assert.All(await Task.WhenAll(others), Assert.True);
        Assert.Equal(2, store.Restores);
        Assert.Equal(500, restored.Distinct().Count());
        await restorer.StopAsync(TestContext.Current.CancellationToken);
    }
}
