using OptiBid.Connectors.Caiso.Corrections;
using OptiBid.Connectors.Caiso.Directory;
using OptiBid.Connectors.Caiso.Fundamentals;
using OptiBid.Connectors.Caiso.Outlook;
using OptiBid.Connectors.Caiso.Prices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso;

/// <summary>California ISO, read through OASIS, and through the files behind Today's Outlook for the fuel mix and in need.</summary>
internal sealed class CaisoMarket : IMarketConnector
{
    public MarketZone Zone => MarketZone.CAISO;

    /// <summary>One call in five seconds, less a little: two calls may draw nearer on their way.</summary>
    public double CallsPerMinute => 11.5;

    public IReadOnlyList<string> Feeds { get; } =
    [
        .. CaisoFeeds.All.Select(feed => feed.Name),
        CaisoCorrectionsFeed.FeedName,
        OasisForecast.Actual.Name,
        OasisForecast.RealTime.Name,
        OasisForecast.DayAhead.Name,
        OasisForecast.TwoDays.Name,
        OasisForecast.SevenDays.Name,
        OasisForecast.Renewable.Name,
        OutlookFuelMixFeed.FeedName,
        CaisoDirectoryFeed.FeedName,
    ];

    public IEnumerable<IMarketFeed> Create(MarketContext context)
    {
        var reports = new LmpReports(context);
        return
        [
            .. CaisoFeeds.All.Select(feed => new CaisoFeed(feed, reports, context)),
            new CaisoCorrectionsFeed(reports, context),
            WithFallback(OasisForecast.Actual, OutlookDemand.Load, context),
            WithFallback(OasisForecast.RealTime, OutlookDemand.HourAhead, context),
            WithFallback(OasisForecast.DayAhead, OutlookDemand.DayAhead, context),
            new OasisForecastFeed(OasisForecast.TwoDays, context),
            new OasisForecastFeed(OasisForecast.SevenDays, context),
            new OasisForecastFeed(OasisForecast.Renewable, context),
            new OutlookFuelMixFeed(context),
            new CaisoDirectoryFeed(context),
        ];
    }

    private static FallbackFeed WithFallback(OasisForecast forecast, OutlookDemand demand, MarketContext context) =>
        new(new OasisForecastFeed(forecast, context), "oasis", new OutlookDemandFeed(forecast.Name, demand, context), "outlook");
}
