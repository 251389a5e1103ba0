using Microsoft.Extensions.DependencyInjection;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Connectors.Zones;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Credentials;

public sealed class StoredCredentialsTests(StoreUnderTest store) : IClassFixture<StoreUnderTest>, IAsyncLifetime
{
    private readonly KeyRings _rings = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await store.ClearAsync();

    public ValueTask DisposeAsync()
    {
        _rings.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Rotation_ByAGatewayBesideARunningFeed_IsInTheHeaderOfItsNextCall()
    {
        await using var market = (await MarketServer.StartAsync()).On("/rt_hrl_lmps", """{"items":[]}""");
        await using var silo = await CredentialProcess.SiloAsync(
            store, _rings.Folder(), ("Connectors:PJM:Feed", "Live"), ("Connectors:PJM:BaseUrl", market.Url), ("Connectors:PJM:ApiKey", "old-key"),
            ("Connectors:PJM:Http:CallsPerMinute", "6000"), ("Connectors:PJM:Http:Retries", "0"));
        await using var gateway = await CredentialProcess.GatewayAsync(store, _rings.Folder());
        var feed = silo.Services.GetRequiredService<IMarketFeedCatalog>().Create(MarketZone.PJM).Single(feed => feed.Name == "pjm:rt_hrl_lmps");
        await ReadAsync(silo, feed);

        await gateway.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "new-key"), "ann", Cancel);
        await MinuteUntilAsync(silo, () => silo[MarketZone.PJM].ApiKey == "new-key");
        await ReadAsync(silo, feed);

        await gateway.Vault.RemoveAsync(MarketZone.PJM, Cancel);
        await MinuteUntilAsync(silo, () => silo[MarketZone.PJM].ApiKey == "old-key");
        await ReadAsync(silo, feed);

        Assert.Equal(["old-key", "new-key", "old-key"], market.Requests.Select(request => request.Headers["Ocp-Apim-Subscription-Key"]));
        Assert.DoesNotContain(silo.Log.Lines.Concat(gateway.Log.Lines), line => line.Contains("new-key", StringComparison.Ordinal) || line.Contains("old-key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SetAsync_InTheSilosOwnProcess_IsInForceAtOnce()
    {
        await using var silo = await CredentialProcess.SiloAsync(store, _rings.Folder());

        await silo.Vault.SetAsync(MarketZone.PJM, new(ApiKey: " key "), "ann", Cancel);

        Assert.Equal("key", silo[MarketZone.PJM].ApiKey);
        Assert.Null(silo[MarketZone.ERCOT].ApiKey);
        Assert.Contains(silo.Log.Lines, line => line.StartsWith("PJM credentials that ann set", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_BlankParts_AreTheConfiguredOnes()
    {
        await using var silo = await CredentialProcess.SiloAsync(
            store, _rings.Folder(), ("Connectors:ERCOT:ApiKey", "configured"), ("Connectors:ERCOT:Username", "user"), ("Connectors:ERCOT:Password", "old"));

        await silo.Vault.SetAsync(MarketZone.ERCOT, new("stored", " ", "new"), "ann", Cancel);
        Assert.Equal(new MarketCredentials("stored", "user", "new"), silo[MarketZone.ERCOT]);

        await silo.Vault.SetAsync(MarketZone.ERCOT, new(Password: "newer"), "ann", Cancel);
        Assert.Equal(new MarketCredentials("configured", "user", "newer"), silo[MarketZone.ERCOT]);
    }

    [Fact]
    public async Task StartAsync_StoreAway_StartsWithTheConfiguredOnesAndTakesTheStoredWhenItIsBack()
    {
        await using var gateway = await CredentialProcess.GatewayAsync(store, _rings.Folder());
        await gateway.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "stored"), "ann", Cancel);
        store.IsAway = true;
        await using var silo = await CredentialProcess.SiloAsync(store, _rings.Folder(), ("Connectors:PJM:ApiKey", "configured"));
        Assert.Equal("configured", silo[MarketZone.PJM].ApiKey);

        store.IsAway = false;
        await silo.RefreshAsync();

        Assert.Equal("stored", silo[MarketZone.PJM].ApiKey);
    }

    [Fact]
    public async Task RefreshAsync_StoreAway_KeepsTheLastKnownAndSaysSoOnce()
    {
        await using var silo = await CredentialProcess.SiloAsync(store, _rings.Folder(), ("Connectors:PJM:ApiKey", "configured"));
        await silo.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "stored"), "ann", Cancel);

        store.IsAway = true;
        for (var minute = 0; minute < 3; minute++) await silo.RefreshAsync();
        Assert.Equal("stored", silo[MarketZone.PJM].ApiKey);
        Assert.Single(silo.Log.Lines, line => line.StartsWith("Stored market credentials cannot be read", StringComparison.Ordinal));

        store.IsAway = false;
        await silo.RefreshAsync();
        await silo.RefreshAsync();
        Assert.Single(silo.Log.Lines, line => line.StartsWith("Stored market credentials can be read again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RefreshAsync_DamagedValueOrUnknownZone_HarmsOnlyItself()
    {
        await using var silo = await CredentialProcess.SiloAsync(store, _rings.Folder(), ("Connectors:PJM:ApiKey", "configured"));
        await silo.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "pjm"), "ann", Cancel);
        await silo.Vault.SetAsync(MarketZone.ERCOT, new(ApiKey: "ercot"), "ann", Cancel);
        await store.WriteAsync("credentials/PJM", "no JSON"u8.ToArray(), cancellationToken: Cancel);
        await store.WriteAsync("credentials/MARS", "{}"u8.ToArray(), cancellationToken: Cancel);

        await silo.RefreshAsync();

        Assert.Equal("configured", silo[MarketZone.PJM].ApiKey);
        Assert.Equal("ercot", silo[MarketZone.ERCOT].ApiKey);
        Assert.False((await silo.Vault.DescribeAsync(MarketZone.PJM, Cancel)).IsReadable);
        await silo.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "mended"), "ann", Cancel);
        Assert.Equal("mended", silo[MarketZone.PJM].ApiKey);
    }

    private static async Task ReadAsync(CredentialProcess silo, IMarketFeed feed)
    {
        await foreach (var _ in feed.FetchAsync(new FeedRange(silo.Clock.GetUtcNow().AddMinutes(-30)), Cancel))
        {
        }
    }

    /// <summary>Minutes pass until the silo has looked.</summary>
    private static async Task MinuteUntilAsync(CredentialProcess silo, Func<bool> isSeen)
    {
        silo.Clock.Advance(TimeSpan.FromMinutes(1));
        while (!isSeen()) await Task.Delay(TimeSpan.FromMilliseconds(5), Cancel);
    }
}
