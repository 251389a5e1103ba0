using Microsoft.Extensions.DependencyInjection;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;
using OptiBid.History;
using Orleans.TestingHost;

namespace OptiBid.Grains.Tests.Locations;

/// <summary>Silos that host locations over one state store.</summary>
internal sealed class LocationCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private LocationCluster(InProcessTestCluster cluster, MemoryStateStore store)
    {
        _cluster = cluster;
        Store = store;
    }

    public MemoryStateStore Store { get; }

    public IReadOnlyList<SiloAddress> Silos => [.. _cluster.Silos.Select(silo => silo.SiloAddress)];

    public static async Task<LocationCluster> StartAsync(short silos = 1, MemoryStateStore? store = null)
    {
        store ??= new MemoryStateStore();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Services.AddSingleton<ILocationStateStore>(store);
            host.Services.AddPriceGrains();
        });
        builder.ConfigureSilo((_, silo) => silo.AddPriceGrains());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new LocationCluster(cluster, store);
    }

    public ILocationGrain Location(string location = "51288") => _cluster.Client.GetGrain<ILocationGrain>($"PJM/{location}");

    public T Service<T>(int silo = 0) where T : notnull => _cluster.Silos[silo].ServiceProvider.GetRequiredService<T>();

    /// <summary>Deactivates every activation of the silo and waits until they have gone.</summary>
    public Task DeactivateAllAsync() => _cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public LocationStateFlusher Flusher(int silo = 0) => Service<LocationStateFlusher>(silo);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
