using Microsoft.Extensions.DependencyInjection;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Quality;
using OptiBid.Grains.Zones;
using OptiBid.History;
using Orleans.TestingHost;

namespace OptiBid.Grains.Tests.Zones;

/// <summary>Silos that report to zones over one store; a report goes out only when a test asks for it.</summary>
internal sealed class ZoneCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private ZoneCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public static async Task<ZoneCluster> StartAsync(short silos, MemoryZoneStore store)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Services.AddSingleton<ILocationStateStore>(new MemoryStateStore());
            host.Services.AddPriceGrains();
            host.Services.Configure<QualityOptions>(options => options.ReportEvery = TimeSpan.FromDays(1));
            host.Services.AddSingleton<IZoneHours>(store).AddSingleton<IZoneMetrics>(store).AddSingleton<IDataQuality>(store).AddSingleton<IQualityEvents>(store);
            host.Services.AddSingleton<ZoneInstruments>().AddSingleton<ZoneReporter>();
        });
        builder.ConfigureSilo((_, silo) => silo.AddPriceGrains());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new ZoneCluster(cluster);
    }

    public int Silos => _cluster.Silos.Count;

    /// <summary>A location of a silo takes a tick twice; the second is a duplicate.</summary>
    public void Count(int silo, int duplicates) => Service<ZoneTallies>(silo).Add(
        Enumerable.Repeat(Prices.Tick(0, 30) with { Timestamp = Now, Source = "pjm:test" }, duplicates).ToArray(), Enumerable.Repeat(TickKind.Duplicate, duplicates).ToArray(), []);

    public Task ReportAsync(int silo) => Service<ZoneReporter>(silo).ReportAsync();

    public Task<ZoneQuality> QualityAsync() => _cluster.Client.GetGrain<IZoneGrain>("PJM").GetQualityAsync();

    /// <summary>Kills a silo on which the zone does not live, or the one on which it does.</summary>
    public async Task KillAsync(bool hasZone)
    {
        var place = await _cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(_cluster.Client.GetGrain<IZoneGrain>("PJM"));
        await _cluster.KillSiloAsync(_cluster.Silos.First(silo => silo.SiloAddress.Equals(place) == hasZone));
        await _cluster.WaitForLivenessToStabilizeAsync(didKill: true);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static DateTimeOffset Now => FeedKey.HourOf(TimeProvider.System.GetUtcNow());

    private T Service<T>(int silo) where T : notnull => _cluster.Silos[silo].ServiceProvider.GetRequiredService<T>();
}
