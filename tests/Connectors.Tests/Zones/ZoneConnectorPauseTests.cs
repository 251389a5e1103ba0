namespace OptiBid.Connectors.Tests.Zones;

public sealed class ZoneConnectorPauseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A feed whose every poll gives the next interval.</summary>
    private static ScriptedFeed Ticking(string name = "pjm:a")
    {
        var feed = new ScriptedFeed(name, TimeSpan.FromMilliseconds(20));
        feed.Answer = from => [feed.Page((int)((from > ScriptedFeed.Start ? from : ScriptedFeed.Start) - ScriptedFeed.Start).TotalMinutes / 5)];
        return feed;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(10, Cancel);
    }

    [Fact]
    public async Task Pause_CallUnderWay_IsGivenUpAndNoneFollows()
    {
        var stuck = Ticking();
        stuck.Before = stop => Task.Delay(Timeout.Infinite, stop);
        var past = new ScriptedFeed("pjm:a", TimeSpan.FromMinutes(5)) { BackfillChunk = TimeSpan.FromDays(1) };
        await using var cluster = new ConnectorCluster(stuck) { Past = [past] };
        await cluster.StartAsync();
        await cluster.Connector.StartAsync();
        await UntilAsync(() => stuck.Asked.Count == 1);

        var paused = await cluster.Connector.PauseAsync("ann@example.com");
        stuck.Before = _ => Task.CompletedTask;
        await cluster.Connector.BackfillAsync(new([], ScriptedFeed.Start.AddDays(-9), ScriptedFeed.Start.AddDays(-8)));

        Assert.Equal("ann@example.com", paused.Pause!.By);
        Assert.Null(paused.Feeds.Single().NextPoll);
        // The connector has had its turns by then, also for whatever was about to run.
        for (var i = 0; i < 20; i++) await cluster.Connector.GetStatusAsync();
        Assert.Single(stuck.Asked);
        Assert.Empty(past.Asked);
    }

    [Fact]
    public async Task Pause_ConnectorStartsAgain_StaysPausedUntilItIsResumedAndThenMissesNothing()
    {
        var feed = Ticking();
        await using var cluster = new ConnectorCluster(feed);
        await cluster.StartAsync();
        await cluster.Connector.StartAsync();
        await UntilAsync(() => cluster.Storage.Cursor("pjm:a") > ScriptedFeed.Start);
        await cluster.Connector.PauseAsync("ann@example.com");
        var last = (await cluster.Connector.GetStatusAsync()).Feeds.Single().ReadThrough;

        await cluster.RestartConnectorAsync();
        feed.Asked.Clear();
        await UntilAsync(() => cluster.Connector.GetStatusAsync().Result.Feeds.Single().LastSuccess is null);
        Assert.NotNull((await cluster.Connector.GetStatusAsync()).Pause);
        Assert.Empty(feed.Asked);

        Assert.Null((await cluster.Connector.ResumeAsync()).Pause);
        await UntilAsync(() => cluster.Storage.Cursor("pjm:a") > last!.Value.AddMinutes(10));
        var end = cluster.Storage.Cursor("pjm:a")!.Value;
        await UntilAsync(() => cluster.Published.Any(tick => tick.Timestamp == end.AddMinutes(-5)));
        // Before the first there may be what was read again, behind the cursor.
        var first = cluster.Published.First().Timestamp;
        var published = cluster.Published.Select(tick => tick.Timestamp).Where(start => start >= first && start < end).Distinct().Order();
        Assert.Equal(Enumerable.Range(0, (int)(end - first).TotalMinutes / 5).Select(i => first.AddMinutes(5 * i)), published);
    }

    [Fact]
    public async Task PauseAndResume_AgainAndAgain_PollOneAfterTheOther()
    {
        var (feed, atOnce, most) = (Ticking(), 0, 0);
        feed.Before = async stop =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            try
            {
                await Task.Delay(5, stop);
            }
            finally
            {
                Interlocked.Decrement(ref atOnce);
            }
        };
        await using var cluster = new ConnectorCluster(feed);
        await cluster.StartAsync();
        await cluster.Connector.StartAsync();

        for (var i = 0; i < 5; i++)
        {
            await UntilAsync(() => feed.Asked.Count > i * 2);
            await cluster.Connector.PauseAsync("ann");
            Assert.Equal(0, atOnce);
            await cluster.Connector.PauseAsync("bob");
            Assert.Equal("ann", (await cluster.Connector.GetStatusAsync()).Pause!.By);
            await cluster.Connector.ResumeAsync();
            await cluster.Connector.ResumeAsync();
        }

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Pause_StoreAway_IsRefusedAndReadingGoesOn()
    {
        var feed = Ticking();
        await using var cluster = new ConnectorCluster(feed);
        await cluster.StartAsync();
        await cluster.Connector.StartAsync();
        await UntilAsync(() => !feed.Asked.IsEmpty);
        cluster.Storage.Trouble = new TimeoutException("the store is away");

        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Connector.PauseAsync("ann"));

        Assert.Null((await cluster.Connector.GetStatusAsync()).Pause);
        var before = feed.Asked.Count;
        await UntilAsync(() => feed.Asked.Count > before + 2);
    }
}
