using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Zones;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using Orleans.Core.Internal;
using Orleans.Providers;
using Orleans.Storage;
using Orleans.Streams;
using Orleans.TestingHost;

namespace OptiBid.Connectors.Tests.Zones;

/// <summary>A silo with the connectors, whose Kafka is a memory stream that can be taken away.</summary>
public sealed class ConnectorCluster : IMarketFeedCatalog, IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    public ConnectorCluster(params ScriptedFeed[] feeds)
    {
        Feeds = feeds;
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.Services.AddKeyedSingleton<IGrainStorage>(ZoneConnectorGrain.StorageName, Storage);
            silo.UseInMemoryReminderService();
            silo.AddMemoryStreams<DefaultMemoryMessageBodySerializer>(StreamNames.Provider);
            silo.AddOutgoingGrainCallFilter(context =>
            {
                // The memory provider's queue is a grain, so Kafka's absence is its refusal.
                if (KafkaTrouble is { } trouble && context.InterfaceName.Contains("MemoryStreamQueue", StringComparison.Ordinal) && context.MethodName == "Enqueue")
                    throw trouble;
                return context.Invoke();
            });
            silo.Services.AddSingleton<ILocationDirectory>(Directory);
            silo.Services.AddSingleton<IMarketFeedCatalog>(this);
            silo.Services.AddConnectors(new ConfigurationBuilder().Build(), isDevelopment: false);
        });
        _cluster = builder.Build();
    }

    public IReadOnlyList<MarketZone> Zones { get; init; } = [];

    public IReadOnlyList<ScriptedFeed> Feeds { get; }

    public MemoryDirectory Directory { get; } = new();

    public CursorStorage Storage { get; } = new();

    public ConcurrentQueue<PriceTick> Published { get; } = new();

    public Exception? KafkaTrouble { get; set; }

    public IZoneConnectorGrain Connector => Grain("PJM");

    public IZoneConnectorGrain Grain(string key) => _cluster.Client.GetGrain<IZoneConnectorGrain>(key);

    public async Task StartAsync()
    {
        await _cluster.DeployAsync();
        var provider = _cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<IStreamProvider>(StreamNames.Provider);
        await provider.GetStream<PriceTick>(StreamId.Create(MarketZone.PJM.Topic(), StreamNames.ByKey))
            .SubscribeAsync((tick, _) =>
            {
                Published.Enqueue(tick);
                return Task.CompletedTask;
            });
    }

    public async Task<ReminderTableData> RemindersAsync() =>
        await _cluster.Silos[0].ServiceProvider.GetRequiredService<IReminderTable>().ReadRows(Connector.GetGrainId());

    public Task RestartConnectorAsync() => Connector.Cast<IGrainManagementExtension>().DeactivateOnIdle().AsTask();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    IReadOnlyList<IMarketFeed> IMarketFeedCatalog.Create(MarketZone zone) => zone == MarketZone.PJM ? Feeds : [];

    IReadOnlyList<IMarketFeed> IMarketFeedCatalog.CreateForBackfill(MarketZone zone) => [];
}
