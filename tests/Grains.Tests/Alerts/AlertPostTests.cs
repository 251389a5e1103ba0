using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Tests.Alerts;

public sealed class AlertPostTests
{
    private static List<AlertFinding> Findings(AlertRule rule, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(i => new AlertFinding(Rules.User, new(rule.Id, rule.Version, "51288", i % 2 == 0, Prices.Noon.AddMinutes(5 * i), -1, -1)))];

    private static Task<AlertRule> SaveAsync(AlertCluster cluster) => cluster.SaveAsync(Rules.Rule(AlertKind.Below, 0) with { Id = "", Version = 0 });

    [Fact]
    public async Task Send_MoreThanCanWait_IsToBeReadAgainOnceThereIsRoom()
    {
        await using var cluster = await AlertCluster.StartAsync();
        var rule = await SaveAsync(cluster);
        cluster.Storage.Away = true;
        var post = cluster.Post(TimeProvider.System);
        Task<bool>[] sent = [post.Send(Findings(rule, 0, 10_000)), post.Send(Findings(rule, 10_000, 10_000)), post.Send(Findings(rule, 20_000, 10_000))];
        Assert.DoesNotContain(sent, arrival => arrival.IsCompleted);

        cluster.Storage.Away = false;
        bool[] arrived = await Task.WhenAll(sent).WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(arrived[0]);
        Assert.Contains(false, arrived[1..]);
    }

    [Fact]
    public async Task Send_UserThatTakesNothingForTenMinutes_HoldsUpNobodyAnyLonger()
    {
        await using var cluster = await AlertCluster.StartAsync();
        var rule = await SaveAsync(cluster);
        cluster.Storage.Away = true;
        var clock = new FakeTimeProvider(Prices.Noon);
        var arrival = cluster.Post(clock).Send(Findings(rule, 0, 1));
        while (!arrival.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.True(await arrival);
        Assert.InRange(clock.GetUtcNow() - Prices.Noon, TimeSpan.FromMinutes(10), TimeSpan.MaxValue);
        cluster.Storage.Away = false;
        Assert.Empty(await cluster.User.GetAlertsAsync());
    }
}
