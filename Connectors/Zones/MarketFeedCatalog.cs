using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Caiso;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Ercot;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Pjm;
using OptiBid.Connectors.Simulation;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>Creates feeds from the options of their zone.</summary>
internal sealed partial class MarketFeedCatalog(
    IOptionsMonitor<ZoneConnectorOptions> options,
    IHttpClientFactory clients,
    IServiceProvider services,
    TimeProvider clock,
    ILogger<MarketFeedCatalog> logger) : IMarketFeedCatalog
{
    public IReadOnlyList<MarketZone> Zones => [.. MarketZones.All.Where(zone => options.Get(zone.Name()).Feed != FeedMode.Off)];

    public IReadOnlyList<IMarketFeed> Create(MarketZone zone)
    {
        var chosen = options.Get(zone.Name());
        var known = MarketFeedNames.All(zone, chosen.Feed);
        var names = chosen.Feeds.Count > 0
            ? chosen.Feeds.Select(name => MarketFeedNames.Match(known, name)).ToHashSet()
            : MarketFeedNames.Usual(zone, chosen).ToHashSet<string?>();
        if (zone == MarketZone.ERCOT && chosen is { Feed: FeedMode.Live, Feeds.Count: 0 } && MarketFeedNames.LacksCredentials(chosen))
            NotRead(ErcotDayAheadFeed.FeedName, $"{ZoneConnectorOptions.Section}:{zone.Name()}");
        return [.. All(zone, chosen).Where(feed => names.Contains(feed.Name)).Select(feed => Adjusted(feed, chosen))];
    }

    private IEnumerable<IMarketFeed> All(MarketZone zone, ZoneConnectorOptions chosen)
    {
        if (chosen.Feed == FeedMode.Off) return [];
        if (chosen.Feed == FeedMode.Simulator) return SimulatedFeeds.Create(zone, chosen.Simulator, clock);

        // Another silo may have called the market a moment ago, so the first call waits its turn as if this one had.
        services.GetRequiredKeyedService<RateLimiter>(zone).AttemptAcquire().Dispose();

        var client = new MarketClient(clients, zone, chosen);
        return zone switch
        {
            MarketZone.PJM => PjmFeeds.All.Select(feed => new PjmFeed(feed, client, chosen, clock)),
            MarketZone.CAISO => CaisoFeeds.All.Select(feed => new CaisoFeed(feed, client, chosen, clock)),
            MarketZone.ERCOT =>
            [
                .. ErcotFiles.All.Select(file => new ErcotFileFeed(file, client, chosen, clock)),
                new ErcotDayAheadFeed(client, new ErcotTokens(client, chosen, clock), chosen, clock),
            ],
            _ => [],
        };
    }

    private static IMarketFeed Adjusted(IMarketFeed feed, ZoneConnectorOptions chosen) =>
        chosen.PollSeconds is null && chosen.LookbackHours is null ? feed : new AdjustedFeed(feed, chosen);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed} is not read: it needs {Section}:ApiKey, :Username and :Password")]
    private partial void NotRead(string feed, string section);
}
