using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// Electric Reliability Council of Texas: prices from the files it posts without a key, and from its public API where those cannot
/// be read or have no past.
/// </summary>
internal sealed class ErcotMarket : IMarketConnector
{
    public MarketZone Zone => MarketZone.ERCOT;

    /// <summary>What the public API allows; the files are held to it too.</summary>
    public double CallsPerMinute => 30;

    public IReadOnlyList<string> Feeds { get; } = [.. ErcotProducts.All.Select(product => product.Name), ErcotDirectoryFeed.FeedName];

    public IEnumerable<IMarketFeed> Create(MarketContext context)
    {
        var api = new ErcotApi(context);
        return
        [
            .. ErcotProducts.All.Select(product => new FallbackFeed(
                new ErcotFileFeed(product, context), "files", new ErcotApiFeed(product, api, context), "api", asksSecondForPast: true)),
            new ErcotDirectoryFeed(context),
        ];
    }
}
