using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Connectors;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Zones;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Tests.Serve;

/// <summary>The product's own connectors read the served markets and get the very prices that were published.</summary>
public sealed class ProductConnectorsTests : ServeTest
{
    [Theory]
    [InlineData(MarketZone.PJM, "pjm:rt_unverified_fivemin_lmps", 2)]
    [InlineData(MarketZone.PJM, "pjm:rt_hrl_lmps", 96)]
    [InlineData(MarketZone.PJM, "pjm:da_hrl_lmps", 24)]
    [InlineData(MarketZone.CAISO, "caiso:PRC_INTVL_LMP", 2)]
    [InlineData(MarketZone.CAISO, "caiso:PRC_LMP", 24)]
    [InlineData(MarketZone.ERCOT, "ercot:np6-905-cd", 2)]
    [InlineData(MarketZone.ERCOT, "ercot:np6-788-cd", 1)]
    [InlineData(MarketZone.ERCOT, "ercot:np4-190-cd", 24)]
    public async Task Feed_ReadFromTheServer_HasThePublishedPrices(MarketZone zone, string name, int hours)
    {
        await StartAsync(new() { Zones = [zone], Locations = 30, Seed = 5 });
        await using var services = Services(zone);
        var feed = services.GetRequiredService<IMarketFeedCatalog>().Create(zone).Single(feed => feed.Name == name);

        var pages = new List<FeedPage>();
        await foreach (var page in feed.FetchAsync(new FeedRange(Clock.GetUtcNow().AddHours(-hours)), Cancel)) pages.Add(page);

        Assert.All(pages, page => Assert.True(page.Warning is null && page.RowsRejected == 0, page.Warning + string.Join("; ", page.Rejections.Keys)));
        var ticks = pages.SelectMany(page => page.Ticks).DistinctBy(tick => (tick.Location, tick.Timestamp)).ToArray();
        Assert.NotEmpty(ticks);
        var truth = (await PublishedAsync($"zone={zone}&price_type={feed.PriceType!.Value.Name()}&from={ticks.Min(tick => tick.Timestamp):O}"))
            .ToDictionary(row => (row.GetProperty("location").GetString()!, row.GetProperty("timestamp").GetDateTimeOffset()));
        Assert.All(ticks, tick =>
        {
            var row = truth[(tick.Location, tick.Timestamp)];
            Assert.Equal(row.GetProperty("price").GetDouble(), tick.Price);
            if (tick.CongestionCost is { } congestion) Assert.Equal(row.GetProperty("congestion_cost").GetDouble(), congestion);
        });
    }

    private ServiceProvider Services(MarketZone zone)
    {
        var prefix = $"Connectors:{zone}:";
        var path = zone switch { MarketZone.PJM => "/pjm/api/v1", MarketZone.CAISO => "/caiso/oasisapi", _ => "/ercot/api/public-reports" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [prefix + "Feed"] = "Live",
            [prefix + "BaseUrl"] = Url + path,
            [prefix + "FilesBaseUrl"] = Url + "/ercot",
            [prefix + "Http:CallsPerMinute"] = "6000",
            [prefix + "Http:Retries"] = "0",
        }).Build();
        return new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Clock).AddConnectors(configuration, isDevelopment: false).BuildServiceProvider();
    }
}
