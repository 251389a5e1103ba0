using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Zones.Backfills;

public sealed class BackfillTests
{
    private static readonly DateTimeOffset From = ScriptedFeed.Start.AddDays(-10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static ScriptedFeed Past() => new("pjm:test", TimeSpan.FromMinutes(5)) { BackfillChunk = TimeSpan.FromDays(1) };

    /// <summary>A page with one price at the start of what was asked for.</summary>
    private static FeedPage Page(ScriptedFeed feed, DateTimeOffset from) => feed.Page(0) with { Ticks = [feed.Tick(0) with { Timestamp = from }] };

    private static async Task<BackfillStatus> EndAsync(ConnectorCluster cluster, string id)
    {
        while (true)
        {
            var job = (await cluster.Connector.GetBackfillsAsync()).Single(job => job.Id == id);
            if (job.IsEnded) return job;
            await Task.Delay(20, Cancel);
        }
    }

    /// <summary>What the stream has delivered, once that is enough; the test's own time-out ends the waiting.</summary>
    private static async Task<PriceTick[]> ArrivedAsync(ConnectorCluster cluster, int count)
    {
        while (cluster.Published.Count < count) await Task.Delay(20, Cancel);
        return [.. cluster.Published];
    }

    [Fact]
    public async Task Backfill_ThreeDays_ReadsThemChunkByChunk()
    {
        var past = Past();
        past.Answer = from => [Page(past, from)];
        await using var cluster = new ConnectorCluster(new ScriptedFeed("pjm:test", TimeSpan.FromHours(1))) { Past = [past] };
        await cluster.StartAsync();

        var asked = await cluster.Connector.BackfillAsync(new(["test"], From, From.AddDays(3)));
        var done = await EndAsync(cluster, asked[0].Id);

        Assert.Equal((BackfillState.Done, 1.0, 3L), (done.State, done.Progress, done.Rows.Accepted));
        Assert.Equal([From, From.AddDays(1), From.AddDays(2)], past.Asked);
        Assert.Equal([From, From.AddDays(1), From.AddDays(2)], (await ArrivedAsync(cluster, 3)).Select(tick => tick.Timestamp));
    }

    [Fact]
    public async Task Backfill_AnswerWithoutARow_IsNotBelievedAtOnce()
    {
        var past = Past();
        past.Answer = from => past.Asked.Count == 1 ? [] : [Page(past, from)];
        await using var cluster = new ConnectorCluster(new ScriptedFeed("pjm:test", TimeSpan.FromHours(1))) { Past = [past] };
        await cluster.StartAsync();

        var asked = await cluster.Connector.BackfillAsync(new(["test"], From, From.AddDays(1)));
        var done = await EndAsync(cluster, asked[0].Id);

        Assert.Equal((BackfillState.Done, 1L), (done.State, done.Rows.Accepted));
        Assert.Equal([From, From], past.Asked);
        Assert.Contains("has no row of 2026-11-12", done.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backfill_ConnectorDiesInTheMiddle_GoesOnWhereItWas()
    {
        var past = Past();
        var reached = new TaskCompletionSource();
        past.Answer = from => [Page(past, from)];
        past.Before = stop =>
        {
            if (past.Asked.Count != 2) return Task.CompletedTask;
            reached.SetResult();
            return Task.Delay(Timeout.Infinite, stop);
        };
        await using var cluster = new ConnectorCluster(new ScriptedFeed("pjm:test", TimeSpan.FromHours(1))) { Past = [past] };
        await cluster.StartAsync();
        var asked = await cluster.Connector.BackfillAsync(new(["pjm:test"], From, From.AddDays(3)));
        await reached.Task.WaitAsync(Cancel);
        Assert.Equal(BackfillState.Running, (await cluster.Connector.GetBackfillsAsync()).Single().State);

        await cluster.RestartConnectorAsync();
        var done = await EndAsync(cluster, asked[0].Id);

        Assert.Equal(BackfillState.Done, done.State);
        Assert.Equal([From, From.AddDays(1), From.AddDays(1), From.AddDays(2)], past.Asked);
    }

    [Fact]
    public async Task CancelBackfill_WhileItReads_EndsItAndTheNextOneRuns()
    {
        var past = Past();
        past.Answer = from => [Page(past, from)];
        var reached = new TaskCompletionSource();
        past.Before = stop =>
        {
            if (!reached.TrySetResult()) return Task.CompletedTask;
            return Task.Delay(Timeout.Infinite, stop);
        };
        await using var cluster = new ConnectorCluster(new ScriptedFeed("pjm:test", TimeSpan.FromHours(1))) { Past = [past] };
        await cluster.StartAsync();
        var one = await cluster.Connector.BackfillAsync(new(["pjm:test"], From, From.AddDays(3)));
        var two = await cluster.Connector.BackfillAsync(new(["pjm:test"], From, From.AddDays(1)));
        await reached.Task.WaitAsync(Cancel);

        Assert.Equal(BackfillState.Cancelled, Assert.Single(await cluster.Connector.CancelBackfillAsync(one[0].Request)).State);

        Assert.Equal(BackfillState.Done, (await EndAsync(cluster, two[0].Id)).State);
        Assert.Equal((BackfillState.Cancelled, 0.0), ((await EndAsync(cluster, one[0].Id)).State, (await EndAsync(cluster, one[0].Id)).Progress));
        Assert.Empty(await cluster.Connector.CancelBackfillAsync("nobody"));
    }

    [Fact]
    public async Task Backfill_WithoutFeeds_IsOfAllThatHaveAPast()
    {
        var (one, other) = (Past(), new ScriptedFeed("pjm:other", TimeSpan.FromMinutes(5)) { BackfillChunk = TimeSpan.FromDays(1) });
        one.Answer = from => [Page(one, from)];
        other.Answer = from => [Page(other, from)];
        await using var cluster = new ConnectorCluster(new ScriptedFeed("pjm:test", TimeSpan.FromHours(1))) { Past = [one, other, new ScriptedFeed("pjm:now", TimeSpan.FromMinutes(5))] };
        await cluster.StartAsync();

        var asked = await cluster.Connector.BackfillAsync(new([], From, From.AddDays(1)));

        Assert.Equal(["pjm:test", "pjm:other"], asked.Select(job => job.Feed));
        Assert.Single(asked.Select(job => job.Request).Distinct());
        foreach (var job in asked) Assert.Equal(BackfillState.Done, (await EndAsync(cluster, job.Id)).State);
    }

    [Fact]
    public async Task Backfill_OneOfItsFeedsUnknown_BeginsNone()
    {
        await using var cluster = new ConnectorCluster(new ScriptedFeed("pjm:test", TimeSpan.FromHours(1))) { Past = [Past()] };
        await cluster.StartAsync();

        await Assert.ThrowsAsync<BackfillRefusedException>(() => cluster.Connector.BackfillAsync(new(["test", "nothing"], From, From.AddDays(1))));

        Assert.Empty(await cluster.Connector.GetBackfillsAsync());
    }

    [Fact]
    public async Task Backfill_FundamentalsOfThatTime_AreJoinedToItsPrices()
    {
        var past = Past();
        past.Answer = from => [Page(past, from)];
        var load = new ScriptedFeed("pjm:load", TimeSpan.FromHours(1)) { BackfillChunk = TimeSpan.FromDays(1), Kind = FeedKind.Fundamentals };
        load.Answer = _ => [new FeedPage { Cursor = From, Fundamentals = [new(FundamentalKind.LoadForecast, From, 60, 70_000, From.AddDays(-1))] }];
        await using var cluster = new ConnectorCluster(new ScriptedFeed("pjm:test", TimeSpan.FromHours(1))) { Past = [past, load] };
        await cluster.StartAsync();

        var asked = await cluster.Connector.BackfillAsync(new(["pjm:test"], From, From.AddDays(1)));
        await EndAsync(cluster, asked[0].Id);

        Assert.Equal(70_000, Assert.Single(await ArrivedAsync(cluster, 1)).LoadForecast);
    }

    [Theory]
    [InlineData("pjm:nothing", 0, 1, "is not a feed whose past can be read; those are pjm:test")]
    [InlineData("pjm:test", 1, 1, "before it begins")]
    [InlineData("pjm:test", -20_000, 1, "begins before 2000")]
    [InlineData("pjm:test", 0, 100_000, "more than 72 hours ahead")]
    public async Task Backfill_ThatCannotBeHad_IsRefusedInWords(string feed, int from, int to, string expected)
    {
        await using var cluster = new ConnectorCluster(new ScriptedFeed("pjm:test", TimeSpan.FromHours(1))) { Past = [Past()] };
        await cluster.StartAsync();

        var error = await Assert.ThrowsAsync<BackfillRefusedException>(
            () => cluster.Connector.BackfillAsync(new([feed], From.AddDays(from), From.AddDays(to))));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(await cluster.Connector.GetBackfillsAsync());
    }
}
