using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Connectors.Credentials;
using OptiBid.Connectors.Webhooks;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Tests.Webhooks;

/// <summary>Webhooks as a silo has them, with names that lead where a test says.</summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Func<string, IPAddress[]> _names;

    public WebhookHost(IProtectedValues store, Func<string, IPAddress[]> names, params (string Key, string Value)[] settings)
    {
        _names = names;
        // As a member of a cluster, which has no ring of its own making.
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:History"] = "Host=nowhere" })
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(Clock).AddSingleton(store).AddSingleton<HostLookup>(LookUpAsync);
        services.AddCredentialVault(configuration).AddAlertWebhooks(configuration);
        _services = services.BuildServiceProvider();
    }

    public static Alert Alert { get; } = new()
    {
        Id = "r1-2-51288-20261122T172500Z", User = "ann", RuleId = "r1", RuleName = "dear \"hub\"", Zone = MarketZone.PJM, Location = "51288", PriceType = PriceType.RealTime5Min, Kind = AlertKind.DartAbove,
        Timestamp = new(2026, 11, 22, 17, 25, 0, TimeSpan.Zero), Value = 12.5, Threshold = 10, Price = -3.25, FiredAt = new(2026, 11, 22, 17, 26, 33, TimeSpan.Zero),
    };

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 17, 27, 0, TimeSpan.Zero));

    public IServiceProvider Services => _services;

    public IAlertWebhooks Webhooks => _services.GetRequiredService<IAlertWebhooks>();

    /// <summary>Names that were looked up.</summary>
    public List<string> LookedUp { get; } = [];

    /// <summary>Tries to post the alert with a new secret.</summary>
    public async Task<string?> PostAsync(string address, Alert? alert = null) =>
        await Webhooks.TryPostAsync(new Uri(address), (await Webhooks.MakeSecretAsync()).Sealed, alert ?? Alert, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        lock (LookedUp) LookedUp.Add(host);
        return _names(host) is { Length: > 0 } found ? Task.FromResult(found) : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
    }
}
