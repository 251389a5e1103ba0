using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OptiBid.Gateway.Alerts;
using OptiBid.Gateway.Api;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Health;
using OptiBid.Gateway.Hubs;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Live.Feeds;
using OptiBid.Gateway.Locations;
using OptiBid.Gateway.Management;
using OptiBid.Gateway.Security;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Gateway.Zones;
using OptiBid.History;
using OptiBid.Silo.Operations;
using Orleans.Dashboard;

namespace OptiBid.Gateway.Tests;

/// <summary>The gateway as it runs, on Kestrel and a free port, over a history and a cluster in memory.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    /// <summary>All calls of a test come from one address; limits, and a cache, are for the tests that are about them.</summary>
    private static readonly Dictionary<string, string?> Generous = new()
    {
        ["Limits:RequestsPerSecond"] = "1000000",
        ["Limits:Burst"] = "1000000",
        ["Limits:ExportsPerMinute"] = "1000000",
        ["Limits:ConcurrentExports"] = "10000",
        ["Limits:ConnectionsPerAddress"] = "1000000",

        // Tests change the history behind the gateway's back; those of the cache turn it on.
        ["Cache:Enabled"] = "false",
    };

    private readonly WebApplication _app;

    private GatewayHost(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.First());
        Http = new HttpClient { BaseAddress = Address };
    }

    public MemoryHistory History => _app.Services.GetRequiredService<MemoryHistory>();

    public MemoryAudit Audit => _app.Services.GetRequiredService<MemoryAudit>();

    public MemoryKeys Keys => _app.Services.GetRequiredService<MemoryKeys>();

    public MemoryFeed Feed { get; private init; } = null!;

    public MemoryFeeds Feeds => (MemoryFeeds)_app.Services.GetRequiredService<ILiveFeeds>();

    public MemoryZones Zones => _app.Services.GetRequiredService<MemoryZones>();

    public MemoryAlertRules Alerts => _app.Services.GetRequiredService<MemoryAlertRules>();

    public MemoryLocations Locations => _app.Services.GetRequiredService<MemoryLocations>();

    public LivePrices Prices => _app.Services.GetRequiredService<LivePrices>();

    public LocationCatalog Catalog => _app.Services.GetRequiredService<LocationCatalog>();

    public IMeterFactory Meters => _app.Services.GetRequiredService<IMeterFactory>();

    public IServiceProvider Services => _app.Services;

    public Uri Address { get; }

    public HttpClient Http { get; }

    public static async Task<GatewayHost> StartAsync(
        Action<MemoryHistory>? history = null, Dictionary<string, string?>? settings = null, TimeProvider? clock = null, string environment = "Development",
        Action<IServiceCollection>? services = null, bool hasSilo = true, MemoryKeys? keys = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = environment,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(LivePrices).Assembly.GetName().Name,
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Generous);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        var feeds = new MemoryFeeds();
        var feed = hasSilo ? feeds.AddSilo() : null;
        builder.Services.AddSingleton<ILiveFeeds>(feeds);
        builder.Services.AddSingleton<MemoryHistory>();
        builder.Services.AddSingleton<IPriceHistory>(static provider => provider.GetRequiredService<MemoryHistory>());
        builder.Services.AddSingleton<ILocationDirectory>(static provider => provider.GetRequiredService<MemoryHistory>());
        builder.Services.AddSingleton<ILocationStateStore>(static provider => provider.GetRequiredService<MemoryHistory>());
        builder.Services.AddSingleton<MemoryAudit>();
        builder.Services.AddSingleton<IAuditLog>(static provider => provider.GetRequiredService<MemoryAudit>());
        builder.Services.AddSingleton<MemoryKeys>(keys ?? new());
        builder.Services.AddSingleton<IApiKeys>(static provider => provider.GetRequiredService<MemoryKeys>());
        builder.Services.AddSingleton<MemoryZones>();
        builder.Services.AddSingleton<IZones>(static provider => provider.GetRequiredService<MemoryZones>());
        builder.Services.AddSingleton<IDataQuality>(static provider => provider.GetRequiredService<MemoryZones>());
        builder.Services.AddSingleton<IQualityEvents>(static provider => provider.GetRequiredService<MemoryZones>());
        builder.Services.AddSingleton<MemoryAlertRules>();
        builder.Services.AddSingleton<IAlertRules>(static provider => provider.GetRequiredService<MemoryAlertRules>());
        builder.Services.AddSingleton<MemoryLocations>();
        builder.Services.AddSingleton<ILocationPrices>(static provider => provider.GetRequiredService<MemoryLocations>());
        if (clock is not null) builder.Services.AddSingleton(clock);

        builder.AddSecurity();
        builder.AddManagement();
        builder.AddTelemetry("optibid-gateway");
        new DashboardAlone(builder.Services, builder.Configuration).AddDashboard();
        DashboardPages.Share(builder.Services);
        builder.Services.AddSingleton<IZoneConnectors, MemoryConnectors>();
        builder.Services.AddSingleton<IGrainFactory>(static _ => throw new InvalidOperationException("There is no cluster here."));
        builder.AddLivePrices();
        builder.AddApi();
        builder.AddPricesHub();
        builder.AddGatewayHealth();
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.UsePipeline();
        app.MapGet("/fault", static string () => throw new InvalidOperationException("secret of the inside"));

        history?.Invoke(app.Services.GetRequiredService<MemoryHistory>());
        await app.StartAsync(TestContext.Current.CancellationToken);
        var host = new GatewayHost(app) { Feed = feed! };
        if (feed is not null && !host.History.IsAway)
        {
            await Eventually.TrueAsync(() => feed.Listeners > 0 && host.Catalog.IsLoaded, "subscribed");
            await Eventually.TrueAsync(() => app.Services.GetRequiredService<NewestPricesLoader>().IsLoaded, "loaded");
        }

        return host;
    }

    /// <summary>The answer's JSON; the call must have the status.</summary>
    public async Task<JsonNode> GetAsync(string path, int status = 200)
    {
        using var response = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        return await ReadAsync(response, status);
    }

    public async Task<JsonNode> PostAsync(string path, object body, int status = 200)
    {
        using var content = body is string text ? new StringContent(text, System.Text.Encoding.UTF8, "application/json") : (HttpContent)JsonContent.Create(body);
        using var response = await Http.PostAsync(path, content, TestContext.Current.CancellationToken);
        return await ReadAsync(response, status);
    }

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>The dashboard's services, which come with Orleans' client, without the client: there is no cluster here.</summary>
    private sealed record DashboardAlone(IServiceCollection Services, IConfiguration Configuration) : IClientBuilder;
}
