using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Zones;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Configuration;

public sealed class ZoneConnectorOptionsTests
{
    private static ServiceProvider Services(bool isDevelopment, params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddLogging()
        .AddConnectors(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Connectors:" + setting.Key, (string?)setting.Value))).Build(),
            isDevelopment)
        .BuildServiceProvider();

    private static void Start(ServiceProvider services) => services.GetRequiredService<IStartupValidator>().Validate();

    private static string[] Feeds(ServiceProvider services, MarketZone zone) =>
        [.. services.GetRequiredService<IMarketFeedCatalog>().Create(zone).Select(feed => feed.Name)];

    [Fact]
    public void Create_NothingConfiguredInDevelopment_SimulatesThreeMarkets()
    {
        using var services = Services(isDevelopment: true);
        Start(services);

        Assert.Equal([MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT], services.GetRequiredService<IMarketFeedCatalog>().Zones);
        Assert.Equal(["pjm:simulated_real_time_5_min", "pjm:simulated_day_ahead_hourly"], Feeds(services, MarketZone.PJM));
        Assert.Equal(3, Feeds(services, MarketZone.ERCOT).Length);
        Assert.Empty(Feeds(services, MarketZone.SPP));
    }

    [Fact]
    public void Create_FourthMarketAskedFor_IsSimulatedToo()
    {
        using var services = Services(isDevelopment: false, ("NYISO:Feed", "Simulator"));
        Start(services);

        Assert.Equal(["nyiso:simulated_real_time_5_min", "nyiso:simulated_day_ahead_hourly"], Feeds(services, MarketZone.NYISO));
    }

    [Fact]
    public void Create_NothingConfiguredElsewhere_ReadsNothing()
    {
        using var services = Services(isDevelopment: false);
        Start(services);

        Assert.Empty(services.GetRequiredService<IMarketFeedCatalog>().Zones);
    }

    [Fact]
    public void Create_LiveZonesAndChosenFeeds_AreThoseNamed()
    {
        using var services = Services(isDevelopment: false, ("PJM:Feed", "live"), ("PJM:Feeds:0", "da_hrl_lmps"), ("caiso:feed", "Live"), ("ERCOT:Feed", "Live"), ("ERCOT:Feeds:0", "ercot:np6-788-cd"));
        Start(services);

        Assert.Equal(["pjm:da_hrl_lmps"], Feeds(services, MarketZone.PJM));
        Assert.Equal(["caiso:PRC_INTVL_LMP", "caiso:PRC_RTPD_LMP", "caiso:PRC_LMP"], Feeds(services, MarketZone.CAISO).Where(feed => feed.EndsWith("_LMP", StringComparison.Ordinal)));
        Assert.Equal(["ercot:np6-788-cd"], Feeds(services, MarketZone.ERCOT));
    }

    [Fact]
    public void Create_ErcotWithoutCredentials_HasTheSameFeedsAsWithThem()
    {
        using var without = Services(isDevelopment: false, ("ERCOT:Feed", "Live"));
        using var with = Services(isDevelopment: false, ("ERCOT:Feed", "Live"), ("ERCOT:ApiKey", "k"), ("ERCOT:Username", "me"), ("ERCOT:Password", "p"));

        Assert.Contains("ercot:np4-190-cd", Feeds(without, MarketZone.ERCOT));
        Assert.Equal(Feeds(with, MarketZone.ERCOT), Feeds(without, MarketZone.ERCOT));
    }

    [Fact]
    public void Create_PollSecondsAndLookback_ReplaceTheFeedsOwn()
    {
        using var services = Services(isDevelopment: true, ("PJM:PollSeconds", "0.5"), ("PJM:LookbackHours", "2"));
        var feed = services.GetRequiredService<IMarketFeedCatalog>().Create(MarketZone.PJM)[0];

        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(0.5), feed.NextPoll(DateTimeOffset.UnixEpoch));
        Assert.Equal(TimeSpan.FromHours(2), feed.Lookback);
    }

    [Fact]
    public void Create_RereadSeconds_ReplaceThePauseOfFeedsThatHaveOne()
    {
        using var services = Services(isDevelopment: true, ("PJM:Feed", "Live"), ("PJM:RereadSeconds", "5"));
        var feeds = services.GetRequiredService<IMarketFeedCatalog>().Create(MarketZone.PJM).ToDictionary(feed => feed.Name);

        Assert.Equal(new Reread(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(5)), feeds["pjm:rt_unverified_fivemin_lmps"].Reread);
        Assert.Equal(new Reread(TimeSpan.FromHours(1), null), feeds["pjm:rt_fivemin_hrl_lmps"].Reread);
    }

    [Fact]
    public void Validate_KeysSetToNothing_CountAsLeftOut()
    {
        using var services = Services(isDevelopment: true, ("PJM:ApiKey", ""), ("PJM:BaseUrl", " "), ("ERCOT:Username", ""));
        Start(services);

        var options = services.GetRequiredService<IOptionsMonitor<ZoneConnectorOptions>>().Get("PJM");
        Assert.Equal((null, null), (options.ApiKey, options.BaseUrl));
    }

    [Theory]
    [InlineData("PJM:BaseUrl", "localhost:80", "Connectors:PJM:BaseUrl: \"localhost:80\"")]
    [InlineData("PJM:BaseUrl", "http://me:pa55@host", "Connectors:PJM:BaseUrl: must not hold a user name or password")]
    [InlineData("PJM:BaseUrl", "ftp://x/", "Connectors:PJM:BaseUrl")]
    [InlineData("PJM:Feeds:0", "da_lmps", "Connectors:PJM:Feeds: \"da_lmps\" is not one of pjm:simulated")]
    [InlineData("PJM:PollSeconds", "0", "Connectors:PJM:PollSeconds: 0")]
    [InlineData("PJM:RereadSeconds", "-1", "Connectors:PJM:RereadSeconds: -1")]
    [InlineData("PJM:Simulator:Locations", "0", "Connectors:PJM:Simulator:Locations: 0")]
    [InlineData("ERCOT:Username", "me", "Connectors:ERCOT:Username and Password")]
    [InlineData("MISO:Feed", "Live", "Connectors:MISO:Feed: MISO cannot be Live yet; leave it Off")]
    [InlineData("PJMX:Feed", "Live", "Connectors:PJMX: is not a market zone")]
    [InlineData("PJM:Feed", "7", "Connectors:PJM:Feed: 7 is not one of")]
    [InlineData("PJM:Feed", "Sometimes", "Connectors:PJM:Feed")]
    public void Validate_WrongValue_StopsTheStartWithALineThatNamesIt(string key, string value, string expected)
    {
        using var services = Services(isDevelopment: true, (key, value));

        var error = Assert.ThrowsAny<Exception>(() => Start(services));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("pa55", error.Message, StringComparison.Ordinal);
    }
}
