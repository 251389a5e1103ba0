namespace OptiBid.Gateway.Tests.Health;

public class HealthTests
{
    [Fact]
    public async Task Ready_SubscribedAndHistoryAnswers_Is200()
    {
        await using var gateway = await GatewayHost.StartAsync();
        await Eventually.TrueAsync(async () => await StatusAsync(gateway, "/health/ready") == 200, "ready");
        var health = await gateway.GetAsync("/health");
        Assert.Equal("Healthy", (string?)health["checks"]!["live-feed"]!["status"]);
        Assert.Equal("1 active silo.", (string?)health["checks"]!["cluster"]!["description"]);
    }

    [Fact]
    public async Task Ready_NoSilo_Is503AndLiveStays200()
    {
        await using var gateway = await GatewayHost.StartAsync(hasSilo: false);
        Assert.Equal(503, await StatusAsync(gateway, "/health/ready"));
        Assert.Equal(200, await StatusAsync(gateway, "/health/live"));
    }

    [Fact]
    public async Task Ready_HistoryAwayFromTheStart_Is503WithoutAWordOfTheInside()
    {
        await using var gateway = await GatewayHost.StartAsync(history => history.IsAway = true);
        await Eventually.TrueAsync(() => gateway.Feed.Snapshots > 0, "subscribed");
        var health = await gateway.GetAsync("/health/ready", 503);
        Assert.Equal("Unhealthy", (string?)health["checks"]!["live-feed"]!["status"]);
        Assert.DoesNotContain("db-host", health.ToJsonString());
    }

    private static async Task<int> StatusAsync(GatewayHost gateway, string path)
    {
        using var response = await gateway.Http.GetAsync(path, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
