using OptiBid.Connectors.Caiso.Prices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso;

/// <summary>California ISO, read through OASIS.</summary>
internal sealed class CaisoMarket : IMarketConnector
{
    public MarketZone Zone => MarketZone.CAISO;

    /// <summary>One call in five seconds, less a little: two calls may draw nearer on their way.</summary>
    public double CallsPerMinute => 11.5;

    public IReadOnlyList<string> Feeds { get; } = [.. CaisoFeeds.All.Select(feed => feed.Name)];

    public IEnumerable<IMarketFeed> Create(MarketContext context)
    {
        var reports = new LmpReports(context);
        return CaisoFeeds.All.Select(feed => new CaisoFeed(feed, reports, context));
    }
}
