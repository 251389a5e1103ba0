using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Tests.Alerts;

public sealed class AlertRulesGrainTests
{
    private static readonly AlertRule New = Rules.Rule(AlertKind.Below, 0) with { Id = "", Version = 0 };

    /// <summary>Waits for what comes about in another turn.</summary>
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition()) await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    [Fact]
    public async Task Price_BeyondTheThreshold_IsToldToGatewaysTopicAndWhoAsks()
    {
        await using var cluster = await AlertCluster.StartAsync();
        var rule = await cluster.SaveAsync(New);
        Assert.True(await cluster.RouteAndArriveAsync(Prices.Tick(0, 12)));
        Assert.True(await cluster.RouteAndArriveAsync(Prices.Tick(1, -3.5)));
        Assert.True(await cluster.RouteAndArriveAsync(Prices.Tick(2, -8)));

        var alert = Assert.Single(await cluster.User.GetAlertsAsync());
        Assert.Equal((rule.Id, 1, -3.5, 0.0, Prices.Noon.AddMinutes(5)), (alert.RuleId, rule.Version, alert.Value, alert.Threshold, alert.Timestamp));
        Assert.Equal(alert, Assert.Single(cluster.Ear.Heard));

        await UntilAsync(() => cluster.Topic.Records.Count > 0);
        var told = Assert.Single(cluster.Topic.Records);
        Assert.Equal(
            ("price", alert.Id, "BELOW", "PJM", "REAL_TIME_5_MIN", -3.5, "2026-11-22T12:05:00Z"),
            (told.GetProperty("type").GetString(), told.GetProperty("id").GetString(), told.GetProperty("kind").GetString(), told.GetProperty("market_zone").GetString(),
                told.GetProperty("price_type").GetString(), told.GetProperty("value").GetDouble(), told.GetProperty("timestamp").GetString()));
    }

    [Fact]
    public async Task Rule_ThatHoldsAlready_FiresWithoutAnotherPrice()
    {
        await using var cluster = await AlertCluster.StartAsync();
        Assert.True(await cluster.RouteAndArriveAsync(Prices.Tick(0, -3.5)));
        await cluster.SaveAsync(New);
        await UntilAsync(async () => (await cluster.User.GetAlertsAsync()).Length > 0);
        Assert.True(await cluster.RouteAndArriveAsync(Prices.Tick(1, -4)));
        Assert.Equal(Prices.Noon, Assert.Single(await cluster.User.GetAlertsAsync()).Timestamp);
    }

    [Fact]
    public async Task StorageAway_NobodyIsToldAndNothingIsLost()
    {
        await using var cluster = await AlertCluster.StartAsync();
        await cluster.SaveAsync(New);
        await cluster.RouteAndArriveAsync(Prices.Tick(0, 12));

        cluster.Storage.Away = true;
        var arrival = await cluster.RouteAsync(Prices.Tick(1, -3.5));
        await Assert.ThrowsAsync<OrleansException>(() => cluster.User.SaveRuleAsync(New));
        Assert.False(arrival.IsCompleted);
        Assert.Empty(cluster.Ear.Heard);
        Assert.Single(await cluster.User.GetRulesAsync());

        cluster.Storage.Away = false;
        Assert.True(await arrival.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Single(cluster.Ear.Heard);
        Assert.Single(await cluster.User.GetAlertsAsync());
    }

    [Fact]
    public async Task TopicAwayAndActivationGone_TheNextTellsIt()
    {
        await using var cluster = await AlertCluster.StartAsync();
        await cluster.SaveAsync(New);
        cluster.Topic.Away = true;
        await cluster.RouteAndArriveAsync(Prices.Tick(0, -1));
        await cluster.EndUserAsync();

        cluster.Topic.Away = false;
        var alert = Assert.Single(await cluster.User.GetAlertsAsync());
        await UntilAsync(() => cluster.Topic.Records.Count > 0);
        Assert.Equal(alert.Id, Assert.Single(cluster.Topic.Records).GetProperty("id").GetString());
        Assert.All(cluster.Ear.Heard, heard => Assert.Equal(alert.Id, heard.Id));
    }

    [Fact]
    public async Task UsersSiloKilled_RulesStayInForceAndFireOnce()
    {
        await using var cluster = await AlertCluster.StartAsync(silos: 3);
        await cluster.SaveAsync(New);
        Assert.True(await cluster.RouteAndArriveAsync(Prices.Tick(0, -1)));
        Assert.True(await cluster.RouteAndArriveAsync(Prices.Tick(1, 5)));

        _ = await cluster.TryKillUsersSiloAsync();
        Assert.True(await cluster.RouteAndArriveAsync(Prices.Tick(2, -2)));
        Assert.True(await cluster.RouteAndArriveAsync(Prices.Tick(1, 5), Prices.Tick(2, -2)));

        Assert.Equal([10, 0], (await cluster.User.GetAlertsAsync()).Select(alert => (alert.Timestamp - Prices.Noon).Minutes));
        Assert.Single(await cluster.User.GetRulesAsync());
        Assert.Equal(2, cluster.Ear.Heard.Select(alert => alert.Id).Distinct().Count());
    }

    [Fact]
    public async Task Webhook_IsPostedToAndItsDeliveryNoted()
    {
        await using var cluster = await AlertCluster.StartAsync();
        var saved = await cluster.User.SaveRuleAsync(New with { Webhook = new("https://bids.example/hook") });
        Assert.Equal("whsec_c2VjcmV0", saved.WebhookSecret);
        Assert.Null((await cluster.User.SaveRuleAsync(saved.Rule with { Name = "another" })).WebhookSecret);

        await cluster.SaveAsync(saved.Rule);
        await cluster.RouteAndArriveAsync(Prices.Tick(0, -1));
        await UntilAsync(async () => (await cluster.User.GetAlertsAsync())[0].Webhook?.DeliveredAt is not null);
        var alert = Assert.Single(await cluster.User.GetAlertsAsync());
        Assert.Equal((new Uri("https://bids.example/hook"), "sealed", alert.Id), Assert.Single(cluster.Webhooks.Posts));
        Assert.Equal((1, null), (alert.Webhook!.Attempts, alert.Webhook.NextAttempt));
    }

    [Fact]
    public async Task DeletedRule_IsNoLongerLookedAtWith()
    {
        await using var cluster = await AlertCluster.StartAsync();
        var rule = await cluster.SaveAsync(New);
        Assert.True(await cluster.User.DeleteRuleAsync(rule.Id));
        Assert.False(await cluster.User.DeleteRuleAsync(rule.Id));
        await cluster.RouteAndArriveAsync(Prices.Tick(0, -1));
        Assert.Empty(await cluster.User.GetAlertsAsync());
        Assert.True((await Assert.ThrowsAsync<AlertRuleRefusedException>(() => cluster.User.SaveRuleAsync(rule))).IsUnknown);
    }
}
