using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Simulation;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>Creates feeds from the options of their zone.</summary>
internal sealed class MarketFeedCatalog(
    IOptionsMonitor<ZoneConnectorOptions> options,
    MarketFeedNames names,
    IMarketCredentials credentials,
    IHttpClientFactory clients,
    IServiceProvider services,
    TimeProvider clock) : IMarketFeedCatalog
{
    public IReadOnlyList<MarketZone> Zones => [.. MarketZones.All.Where(zone => options.Get(zone.Name()).Feed != FeedMode.Off)];

    public IReadOnlyList<IMarketFeed> Create(MarketZone zone)
    {
        // Another silo may have called the market a moment ago, so the first call waits its turn as if this one had.
        if (options.Get(zone.Name()).Feed == FeedMode.Live) services.GetRequiredKeyedService<RateLimiter>(zone).AttemptAcquire().Dispose();
        return Create(zone, CallPriority.Live);
    }

    public IReadOnlyList<IMarketFeed> CreateForBackfill(MarketZone zone) =>
        [.. Create(zone, CallPriority.Backfill).Where(feed => feed.BackfillChunk is not null)];

    private IReadOnlyList<IMarketFeed> Create(MarketZone zone, CallPriority priority)
    {
        var chosen = options.Get(zone.Name());
        var wanted = names.Chosen(zone, chosen);
        return [.. All(zone, chosen, priority).Where(feed => wanted.Contains(feed.Name)).Select(feed => Adjusted(feed, chosen))];
    }

    private IEnumerable<IMarketFeed> All(MarketZone zone, ZoneConnectorOptions chosen, CallPriority priority) => chosen.Feed switch
    {
        FeedMode.Simulator => SimulatedFeeds.Create(zone, chosen.Simulator, clock),
        FeedMode.Live => names.Of(zone).Create(new MarketContext
        {
            Client = new MarketClient(clients, zone, chosen, credentials, priority),
            Options = chosen,
            Clock = clock,
        }),
        _ => [],
    };

    private static IMarketFeed Adjusted(IMarketFeed feed, ZoneConnectorOptions chosen) =>
        chosen is { PollSeconds: null, RereadSeconds: null, LookbackHours: null } ? feed : new AdjustedFeed(feed, chosen);
}
