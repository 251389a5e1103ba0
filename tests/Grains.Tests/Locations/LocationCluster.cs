using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;
using OptiBid.History;
using Orleans.TestingHost;

namespace OptiBid.Grains.Tests.Locations;

/// <summary>Silos that host locations over one state store.</summary>
internal sealed class LocationCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private LocationCluster(InProcessTestCluster cluster, MemoryStateStore store, FakeTimeProvider restorerClock)
    {
        _cluster = cluster;
        Store = store;
        RestorerClock = restorerClock;
    }

    public MemoryStateStore Store { get; }

    /// <summary>By it restorers wait for the store and ask it again.</summary>
    public FakeTimeProvider RestorerClock { get; }

    public IReadOnlyList<SiloAddress> Silos => [.. _cluster.Silos.Select(silo => silo.SiloAddress)];

    public static async Task<LocationCluster> StartAsync(short silos = 1, MemoryStateStore? store = null, FakeTimeProvider? restorerClock = null)
    {
        store ??= new MemoryStateStore();
        TimeProvider clock = restorerClock ??= new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Services.AddSingleton<ILocationStateStore>(store);
            host.Services.AddPriceGrains();
            host.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<LocationRestorer>(provider, clock));
        });
        builder.ConfigureSilo((_, silo) => silo.AddPriceGrains());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new LocationCluster(cluster, store, restorerClock);
    }

    public ILocationGrain Location(string location = "51288") => _cluster.Client.GetGrain<ILocationGrain>($"PJM/{location}");

    public T Service<T>(int silo = 0) where T : notnull => _cluster.Silos[silo].ServiceProvider.GetRequiredService<T>();

    /// <summary>The store answers again, and the location, which lives on the first silo, asks it for its past.</summary>
    public async Task RestoreAsync(string location = "51288")
    {
        Store.Away = false;
        RestorerClock.Advance(TimeSpan.FromSeconds(6));
        Assert.True(Service<ActiveLocations>().TryGet(new(MarketZone.PJM, location), out var grain));
        var restored = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        grain.Context.Scheduler.QueueAction(() => restored.SetResult(grain.RestoreAgainAsync(CancellationToken.None)));
        await await restored.Task;
    }

    /// <summary>Ends the location's activation, which lives on the first silo, and waits until it has gone.</summary>
    public async Task<LocationGrain> DeactivateAsync(string location = "51288")
    {
        Assert.True(Service<ActiveLocations>().TryGet(new(MarketZone.PJM, location), out var grain));
        grain.Context.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "a test ends it"));
        await grain.Context.Deactivated.WaitAsync(TestContext.Current.CancellationToken);
        return grain;
    }

    public LocationStateFlusher Flusher(int silo = 0) => Service<LocationStateFlusher>(silo);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
