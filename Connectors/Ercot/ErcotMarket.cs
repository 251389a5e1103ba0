using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>Electric Reliability Council of Texas, read through its files and its public API.</summary>
internal sealed class ErcotMarket : IMarketConnector
{
    public MarketZone Zone => MarketZone.ERCOT;

    /// <summary>What the public API allows; the files are held to it too.</summary>
    public double CallsPerMinute => 30;

    public IReadOnlyList<string> Feeds { get; } = [ErcotDayAheadFeed.FeedName, .. ErcotFiles.All.Select(feed => feed.Name)];

    /// <summary>ERCOT's own interface answers nobody without a key and a user; another address may.</summary>
    public bool IsUsual(string feed, ZoneConnectorOptions options) =>
        feed != ErcotDayAheadFeed.FeedName || options.BaseUrl is not null || (options.ApiKey is not null && options.Username is not null);

    public IEnumerable<IMarketFeed> Create(MarketContext context) =>
    [
        .. ErcotFiles.All.Select(file => new ErcotFileFeed(file, context)),
        new ErcotDayAheadFeed(new ErcotTokens(context), context),
    ];
}
