using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Grains.Alerts;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;
using OptiBid.Grains.Locations;
using OptiBid.History;
using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.Writing;
using Orleans.Concurrency;
using Orleans.Storage;
using Orleans.TestingHost;

namespace OptiBid.Grains.Tests.Alerts;

/// <summary>Silos that look at prices with rules of alerts, over one storage, one topic and one gateway.</summary>
internal sealed class AlertCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private AlertCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public SharedStorage Storage { get; private init; } = null!;

    public AlertsTopic Topic { get; private init; } = null!;

    public Hooks Webhooks { get; private init; } = null!;

    public Gateway Ear { get; } = new();

    public IAlertRulesGrain User => _cluster.Client.GetGrain<IAlertRulesGrain>(Rules.User);

    public static async Task<AlertCluster> StartAsync(short silos = 1)
    {
        var (storage, topic, hooks) = (new SharedStorage(), new AlertsTopic(), new Hooks());
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Services.AddSingleton<ILocationStateStore>(new MemoryStateStore());
            host.Services.AddSingleton<IAlertWebhooks>(hooks);
            host.Services.AddKeyedSingleton<IKafkaPublisher>(StreamNames.Provider, topic);
            host.Services.AddKeyedSingleton(PriceGrainsExtensions.AlertStorage, (provider, _) => storage.With(provider.GetRequiredService<IGrainStorageSerializer>()));
            host.Services.AddPriceGrains();
        });
        builder.ConfigureSilo((_, silo) => silo.AddPriceGrains());
        var cluster = new AlertCluster(builder.Build()) { Storage = storage, Topic = topic, Webhooks = hooks };
        await cluster._cluster.DeployAsync();
        foreach (var silo in cluster._cluster.Silos) silo.ServiceProvider.GetRequiredService<GatewayListeners>().Subscribe(cluster.Ear, [MarketZone.PJM]);
        return cluster;
    }

    /// <summary>The first silo's copy of the rules.</summary>
    public AlertWatch Watch => _cluster.Silos[0].ServiceProvider.GetRequiredService<AlertWatch>();

    /// <summary>Keeps a rule, has every silo learn of it, and gives it as it is kept.</summary>
    public async Task<AlertRule> SaveAsync(AlertRule rule)
    {
        var kept = (await User.SaveRuleAsync(rule)).Rule;
        foreach (var silo in _cluster.Silos) await silo.ServiceProvider.GetRequiredService<AlertWatch>().RefreshAsync();
        return kept;
    }

    /// <summary>A silo routes prices, as they come from Kafka.</summary>
    /// <returns>Completes when what the rules found has arrived.</returns>
    public async Task<Task<bool>> RouteAsync(params PriceTick[] ticks)
    {
        var silo = _cluster.Silos[0].ServiceProvider;
        var found = new List<AlertFinding>();
        await silo.GetRequiredService<LocationTurns>().ApplyAsync(LocationBatch.Group(ticks), [], found);
        return silo.GetRequiredService<AlertPost>().Send(found);
    }

    public async Task<bool> RouteAndArriveAsync(params PriceTick[] ticks) => await (await RouteAsync(ticks)).WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Another copy of the rules on the first silo, which goes by a clock of its own.</summary>
    public AlertWatch NewWatch(TimeProvider clock) => ActivatorUtilities.CreateInstance<AlertWatch>(_cluster.Silos[0].ServiceProvider, clock);

    /// <summary>Another post of the first silo, which goes by a clock of its own.</summary>
    public AlertPost Post(TimeProvider clock) => ActivatorUtilities.CreateInstance<AlertPost>(_cluster.Silos[0].ServiceProvider, clock);

    /// <summary>Ends the user's activation.</summary>
    public Task EndUserAsync() => _cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    /// <summary>Kills the silo that the user's rules live on; the first silo, which routes, is never killed.</summary>
    /// <returns>False when they live on the first.</returns>
    public async Task<bool> TryKillUsersSiloAsync()
    {
        var place = await _cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(User);
        if (_cluster.Silos.Skip(1).FirstOrDefault(silo => silo.SiloAddress.Equals(place)) is not { } silo) return false;
        await _cluster.KillSiloAsync(silo);
        return true;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>The topic; a test can have it refuse what it is given.</summary>
    internal sealed class AlertsTopic : IKafkaPublisher
    {
        private readonly ConcurrentQueue<JsonElement> _records = new();

        public bool Away { get; set; }

        public IReadOnlyList<JsonElement> Records => [.. _records];

        public Task PublishAsync(string topic, IEnumerable<KafkaRecord> records)
        {
            Assert.Equal(StreamNames.AlertsTopic, topic);
            if (Away) throw new KafkaPublishException(topic, 1, 1, "away");
            foreach (var record in records) _records.Enqueue(JsonDocument.Parse(record.Value).RootElement);
            return Task.CompletedTask;
        }
    }

    /// <summary>Webhooks that remember what they were given.</summary>
    internal sealed class Hooks : IAlertWebhooks
    {
        public ConcurrentQueue<(Uri Address, string Secret, string Alert)> Posts { get; } = new();

        public Task<(string Secret, string Sealed)> MakeSecretAsync() => Task.FromResult(("whsec_c2VjcmV0", "sealed"));

        public Task<string?> TryPostAsync(Uri address, string sealedSecret, Alert alert, CancellationToken cancellationToken)
        {
            Posts.Enqueue((address, sealedSecret, alert.Id));
            return Task.FromResult<string?>(null);
        }
    }

    /// <summary>A gateway that hears alerts.</summary>
    internal sealed class Gateway : IPriceObserver
    {
        public ConcurrentQueue<Alert> Heard { get; } = new();

        public Task OnPricesAsync(Immutable<PriceUpdate[]> updates) => Task.CompletedTask;

        public Task OnQualityAsync(Immutable<QualityEvent[]> events) => Task.CompletedTask;

        public Task OnHistoryAsync(HistoryNotice notice) => Task.CompletedTask;

        public Task OnAlertsAsync(Immutable<Alert[]> alerts)
        {
            foreach (var alert in alerts.Value) Heard.Enqueue(alert);
            return Task.CompletedTask;
        }
    }
}
