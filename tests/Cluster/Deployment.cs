using OptiBid.Grains.Interfaces;
using OptiBid.Streams.Kafka.Embedded;

namespace OptiBid.Cluster.Tests;

/// <summary>
/// PostgreSQL, a broker that outlives every silo, silos and a gateway, each silo and the gateway a process of its
/// own, configured as in production.
/// </summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly EmbeddedBroker _broker;
    private readonly Dictionary<string, string> _settings;
    private readonly List<ProductProcess.ProductProcess> _processes = [];

    private Deployment(string connectionString, IReadOnlyDictionary<string, string>? settings)
    {
        _broker = EmbeddedBroker.Start([.. Series.Zones.Append(MarketZone.NYISO).Select(zone => (zone.Topic(), 3)), (StreamNames.DeadLetterTopic, 1), (StreamNames.AlertsTopic, 1)]);
        ConnectionString = connectionString;
        _settings = new()
        {
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ConnectionStrings__History"] = connectionString,
            ["Kafka__BootstrapServers"] = _broker.BootstrapServers,
            ["Security__AllowAnonymous"] = "true",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>()) _settings[key] = value;
        Producer = new PriceProducer(_broker.BootstrapServers);
    }

    public string ConnectionString { get; }

    public string BootstrapServers => _broker.BootstrapServers;

    public PriceProducer Producer { get; }

    public IReadOnlyList<ProductProcess.ProductProcess> Silos => [.. _processes.Where(process => process != Gateway)];

    public ProductProcess.ProductProcess Gateway { get; private set; } = null!;

    public static async Task<Deployment> StartAsync(
        string connectionString, int silos, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? settings = null)
    {
        var deployment = new Deployment(connectionString, settings);
        for (var i = 0; i < silos; i++) await deployment.AddSiloAsync(cancellationToken);
        deployment.Gateway = deployment.Start("Gateway", []);
        await deployment.Gateway.WaitUntilReadyAsync(cancellationToken);
        return deployment;
    }

    /// <summary>Starts a gateway alone and does not wait for it: silos may be added, and the database may be there or not.</summary>
    public static Deployment StartGateway(string connectionString)
    {
        var deployment = new Deployment(connectionString, settings: null);
        deployment.Gateway = deployment.Start("Gateway", []);
        return deployment;
    }

    public async Task<ProductProcess.ProductProcess> AddSiloAsync(CancellationToken cancellationToken)
    {
        var silo = Start("Silo", new()
        {
            ["Silo__SiloPort"] = ProductProcess.ProductProcess.FreePort().ToString(),
            ["Silo__GatewayPort"] = ProductProcess.ProductProcess.FreePort().ToString(),
        });
        await silo.WaitUntilReadyAsync(cancellationToken);
        return silo;
    }

    /// <summary>Starts a gateway in the place of the one that was killed, and waits until it is ready.</summary>
    public async Task StartGatewayAnewAsync(CancellationToken cancellationToken)
    {
        _processes.Remove(Gateway);
        await Gateway.DisposeAsync();
        Gateway = Start("Gateway", []);
        await Gateway.WaitUntilReadyAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Producer.Dispose();
        foreach (var process in _processes) await process.DisposeAsync();
        _broker.Dispose();
    }

    private ProductProcess.ProductProcess Start(string project, Dictionary<string, string> more)
    {
        var process = ProductProcess.ProductProcess.Start(project, _settings.Concat(more).ToDictionary());
        _processes.Add(process);
        return process;
    }
}
