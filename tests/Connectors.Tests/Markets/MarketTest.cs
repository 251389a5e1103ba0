using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Zones;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Markets;

/// <summary>A feed as the product builds it, its HTTP pipeline included, against a market on loopback.</summary>
public abstract class MarketTest : IAsyncLifetime
{
    private ServiceProvider? _services;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 17, 27, 0, TimeSpan.Zero));

    /// <summary>For tests that wait for a retry: the pipeline takes its time from the same clock.</summary>
    protected bool UsesRealTime { get; set; }

    protected RecordingLoggerProvider Log { get; } = new();

    protected MarketServer Market { get; private set; } = null!;

    protected abstract MarketZone Zone { get; }

    public async ValueTask InitializeAsync() => Market = await MarketServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_services is not null) await _services.DisposeAsync();
        await Market.DisposeAsync();
    }

    protected IMarketFeed Feed(string name, params (string Key, string Value)[] settings)
    {
        var prefix = $"Connectors:{Zone}:";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                [prefix + "Feed"] = "Live",
                [prefix + "BaseUrl"] = Market.Url,
                [prefix + "Http:CallsPerMinute"] = "6000",
                [prefix + "Http:Retries"] = "0",
            }.Concat(settings.Select(setting => KeyValuePair.Create(prefix + setting.Key, (string?)setting.Value)))
            .GroupBy(pair => pair.Key).Select(pairs => pairs.Last())).Build();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton(UsesRealTime ? TimeProvider.System : Clock)
            .AddConnectors(configuration, isDevelopment: false);
        _services = services.BuildServiceProvider();
        var feeds = _services.GetRequiredService<IMarketFeedCatalog>().Create(Zone);
        return feeds.Single(feed => feed.Name == name);
    }

    /// <summary>The zone's client as the last feed has it, to call what address one likes.</summary>
    private protected MarketClient Client => new(
        _services!.GetRequiredService<IHttpClientFactory>(),
        Zone,
        _services!.GetRequiredService<IOptionsMonitor<ZoneConnectorOptions>>().Get(Zone.Name()),
        _services!.GetRequiredService<IMarketCredentials>());

    /// <summary>Another feed of the same zone and process as the last.</summary>
    protected IMarketFeed Another(string name) =>
        _services!.GetRequiredService<IMarketFeedCatalog>().Create(Zone).Single(feed => feed.Name == name);

    protected Task<FeedPage[]> ReadAsync(IMarketFeed feed, DateTimeOffset? cursor = null) =>
        ReadAsync(feed, new FeedRange(cursor ?? Clock.GetUtcNow().AddMinutes(-30)));

    protected static async Task<FeedPage[]> ReadAsync(IMarketFeed feed, FeedRange range)
    {
        var pages = new List<FeedPage>();
        await foreach (var page in feed.FetchAsync(range, Cancel)) pages.Add(page);
        return [.. pages];
    }

    protected async Task<PriceTick[]> TicksAsync(IMarketFeed feed) => [.. (await ReadAsync(feed)).SelectMany(page => page.Ticks)];

    protected async Task<string> ProblemAsync(IMarketFeed feed)
    {
        var error = await Assert.ThrowsAsync<MarketFeedException>(() => ReadAsync(feed));
        Assert.Equal(feed.Name, error.Feed);
        Assert.StartsWith(feed.Name + ": ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    protected static DateTimeOffset Utc(int year, int month, int day, int hour, int minute = 0) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    protected static byte[] Zip(string name, string content) => Zip(name, Encoding.UTF8.GetBytes(content));

    protected static byte[] Zip(string name, byte[] content) => Zip([(name, content)]);

    protected static byte[] Zip(params (string Name, byte[] Content)[] members)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return buffer.ToArray();
    }
}
