using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// Electric Reliability Council of Texas: prices from the files it posts without a key, and from its public API where those cannot
/// be read or have no past; forecasts from files, load and generation from the dashboards.
/// </summary>
internal sealed class ErcotMarket : IMarketConnector
{
    private const string Load = "ercot:" + ErcotDashboard.SupplyDemand;
    private const string Generation = "ercot:" + ErcotDashboard.FuelMix;

    public MarketZone Zone => MarketZone.ERCOT;

    /// <summary>What the public API allows; the files are held to it too.</summary>
    public double CallsPerMinute => 30;

    public IReadOnlyList<string> Feeds { get; } =
    [
        .. ErcotProducts.All.Select(product => product.Name), .. ErcotForecast.All.Select(forecast => forecast.Name), Load, Generation, ErcotDirectoryFeed.FeedName,
    ];

    public IEnumerable<IMarketFeed> Create(MarketContext context)
    {
        var api = new ErcotApi(context);
        return
        [
            .. ErcotProducts.All.Select(product => new FallbackFeed(
                new ErcotFileFeed(product, context), "files", new ErcotApiFeed(product, api, context), "api", asksSecondForPast: true)),
            // The file is posted once an hour and says when; the dashboard has the same forecast every five minutes, rounded.
            new FallbackFeed(new ErcotForecastFeed(ErcotForecast.Load, context), "files", LoadForecast(context), "dashboard"),
            new ErcotForecastFeed(ErcotForecast.Wind, context),
            new ErcotForecastFeed(ErcotForecast.Solar, context),
            new ErcotDashboardFeed(Load, ErcotDashboard.SupplyDemand, EveryFiveMinutes(105), (root, _) => ErcotDashboard.Load(root), context),
            new ErcotDashboardFeed(Generation, ErcotDashboard.FuelMix, EveryFiveMinutes(110), (root, _) => ErcotDashboard.RenewableShare(root), context),
            new ErcotDirectoryFeed(context),
        ];
    }

    private static ErcotDashboardFeed LoadForecast(MarketContext context) => new(
        ErcotForecast.Load.Name, ErcotDashboard.SupplyDemand, ErcotForecast.Load.Schedule, ErcotDashboard.LoadForecast, context);

    private static PollSchedule EveryFiveMinutes(int seconds) => PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(seconds));
}
