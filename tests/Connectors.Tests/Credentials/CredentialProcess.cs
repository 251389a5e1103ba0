using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Credentials;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Tests.Credentials;

/// <summary>A process with the credentials' services as the product composes them: a silo, or a gateway beside one.</summary>
public sealed class CredentialProcess : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private CredentialProcess(ServiceProvider services) => _services = services;

    public required RecordingLoggerProvider Log { get; init; }

    public required FakeTimeProvider Clock { get; init; }

    public CredentialVault Vault => _services.GetRequiredService<CredentialVault>();

    public IServiceProvider Services => _services;

    public MarketCredentials this[MarketZone zone] => _services.GetRequiredService<IMarketCredentials>().Get(zone);

    /// <summary>A silo: with connectors that use what is stored.</summary>
    public static Task<CredentialProcess> SiloAsync(IProtectedValues store, params (string Key, string Value)[] settings) => StartAsync(store, settings, isSilo: true);

    /// <summary>A gateway that has no silo in it.</summary>
    public static Task<CredentialProcess> GatewayAsync(IProtectedValues store, params (string Key, string Value)[] settings) => StartAsync(store, settings, isSilo: false);

    /// <summary>Reads the stored credentials again, as the silo does every minute.</summary>
    public Task RefreshAsync() => _services.GetRequiredService<StoredCredentials>().RefreshAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_services.GetService<StoredCredentials>() is { } stored) await stored.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    /// <summary>Silos that a gateway's calls do not arrive at: what they learn they learn from the store.</summary>
    private sealed class SilosOutOfReach : ICredentialUsers
    {
        public Task RefreshAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<CredentialParts?> ConfiguredAsync(MarketZone zone, CancellationToken cancellationToken) => Task.FromResult<CredentialParts?>(null);
    }

    private static async Task<CredentialProcess> StartAsync(IProtectedValues store, (string Key, string Value)[] settings, bool isSilo)
    {
        // As a member of a cluster, which has no ring of its own making.
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:History"] = "Host=nowhere" })
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var services = new ServiceCollection();
        var log = new RecordingLoggerProvider();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 17, 27, 0, TimeSpan.Zero));
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)).AddSingleton<TimeProvider>(clock).AddSingleton(store);
        if (isSilo) services.AddStoredCredentials(configuration).AddConnectors(configuration, isDevelopment: false);
        else services.AddSingleton<ICredentialUsers, SilosOutOfReach>().AddCredentialVault(configuration);
        var process = new CredentialProcess(services.BuildServiceProvider()) { Log = log, Clock = clock };
        if (isSilo) await process._services.GetRequiredService<StoredCredentials>().StartAsync(TestContext.Current.CancellationToken);
        return process;
    }
}
