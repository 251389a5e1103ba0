using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Pjm;

/// <summary>PJM Interconnection, read through Data Miner 2.</summary>
internal sealed class PjmMarket : IMarketConnector
{
    private readonly PjmPlaces _places = new();

    public MarketZone Zone => MarketZone.PJM;

    /// <summary>What non-members are allowed.</summary>
    public double CallsPerMinute => 6;

    public IReadOnlyList<string> Feeds { get; } =
    [
        .. PjmFeeds.All.Select(feed => feed.Name),
        .. PjmAreaFeeds.All.Select(feed => feed.Name),
        PjmFuelFeed.FeedName,
        PjmPnodeFeed.FeedName,
    ];

    public IEnumerable<IMarketFeed> Create(MarketContext context) =>
    [
        .. PjmFeeds.All.Select(feed => new PjmFeed(feed, context, _places)),
        .. PjmAreaFeeds.All.Select(feed => new PjmAreaFeed(feed, context)),
        new PjmFuelFeed(context),
        new PjmPnodeFeed(context, _places),
    ];
}
