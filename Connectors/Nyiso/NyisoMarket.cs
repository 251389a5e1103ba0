using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Nyiso;

/// <summary>New York Independent System Operator, read through the public files of its Market Information System.</summary>
internal sealed class NyisoMarket : IMarketConnector
{
    public MarketZone Zone => MarketZone.NYISO;

    /// <summary>NYISO states no limit; this is courtesy.</summary>
    public double CallsPerMinute => 30;

    public IReadOnlyList<string> Feeds { get; } =
    [
        .. NyisoPriceFiles.All.Select(file => file.File.FeedName),
        .. NyisoFundamentalFile.All.Select(file => file.File.FeedName),
        NyisoDirectoryFeed.FeedName,
    ];

    public IEnumerable<IMarketFeed> Create(MarketContext context) =>
    [
        .. NyisoPriceFiles.All.Select(file => new NyisoPriceFeed(file, context)),
        .. NyisoFundamentalFile.All.Select(file => new NyisoFundamentalFeed(file, context)),
        new NyisoDirectoryFeed(context),
    ];
}
