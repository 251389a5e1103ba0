using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Tests.Zones;

public sealed class ZoneConnectorGrainTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static ScriptedFeed OneTick(string name)
    {
        var feed = new ScriptedFeed(name, Pause);
        feed.Answer = _ => [feed.Page(0)];
        return feed;
    }

    private static async Task Eventually(Func<bool> condition, string what)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(20), "never happened: " + what);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task StartAsync_FeedWithTicks_PublishesThemAndSavesTheCursor()
    {
        await using var cluster = new ConnectorCluster(OneTick("pjm:a"));
        await cluster.StartAsync();

        await cluster.Connector.StartAsync();

        await Eventually(() => cluster.Storage.Cursor("pjm:a") is not null && !cluster.Published.IsEmpty, "a saved cursor and a tick");
        Assert.Equal(ScriptedFeed.Start.AddMinutes(5), cluster.Storage.Cursor("pjm:a"));
        Assert.Equal(cluster.Feeds[0].Tick(0), cluster.Published.First());
        Assert.Equal("PJM-RTO", cluster.Directory.Saved.First().Single().Name);
        var status = await cluster.Connector.GetStatusAsync();
        Assert.Equal(("pjm:a", null, ScriptedFeed.Start.AddMinutes(5)), (status.Feeds.Single().Feed, status.Feeds.Single().LastError, status.Feeds.Single().ReadThrough));
    }

    [Fact]
    public async Task Poll_KafkaAway_DoesNotAdvanceTheCursorUntilItIsBack()
    {
        await using var cluster = new ConnectorCluster(OneTick("pjm:a"));
        await cluster.StartAsync();
        cluster.KafkaTrouble = new TimeoutException("Kafka is away");

        await cluster.Connector.StartAsync();
        await Eventually(() => cluster.Feeds[0].Asked.Count >= 2, "a second attempt");

        Assert.Null(cluster.Storage.Cursor("pjm:a"));
        Assert.Empty(cluster.Published);
        Assert.Contains("Kafka is away", (await cluster.Connector.GetStatusAsync()).Feeds.Single().LastError, StringComparison.Ordinal);

        cluster.KafkaTrouble = null;
        await Eventually(() => cluster.Storage.Cursor("pjm:a") is not null && !cluster.Published.IsEmpty, "publication once Kafka is back");
        Assert.Null((await cluster.Connector.GetStatusAsync()).Feeds.Single().LastError);
    }

    [Fact]
    public async Task Poll_OneFeedBrokenAndOneStuck_LeavesTheOthersAndTheStatusAlone()
    {
        var broken = OneTick("pjm:broken");
        broken.Before = _ => throw new MarketFeedException("pjm:broken", "no such column");
        var stuck = OneTick("pjm:stuck");
        stuck.Before = cancel => Task.Delay(Timeout.Infinite, cancel);
        await using var cluster = new ConnectorCluster(broken, stuck, OneTick("pjm:well"));
        await cluster.StartAsync();

        await cluster.Connector.StartAsync();
        await Eventually(() => cluster.Feeds[2].Asked.Count >= 5, "five polls of the healthy feed");

        var status = await cluster.Connector.GetStatusAsync();
        Assert.Equal("pjm:broken: no such column", status.Feeds[0].LastError);
        Assert.Single(stuck.Asked);
        Assert.NotNull(status.Feeds[2].LastSuccess);
        Assert.Null(cluster.Storage.Cursor("pjm:broken"));
        Assert.NotNull(cluster.Storage.Cursor("pjm:well"));
    }

    [Fact]
    public async Task Restart_WithASavedCursor_ReadsAnHourBeforeItAndGoesOn()
    {
        await using var cluster = new ConnectorCluster(OneTick("pjm:a"));
        await cluster.StartAsync();
        await cluster.Connector.StartAsync();
        await Eventually(() => cluster.Storage.Cursor("pjm:a") is not null, "a saved cursor");

        await cluster.RestartConnectorAsync();
        cluster.Feeds[0].Asked.Clear();
        await Eventually(() =>
        {
            _ = cluster.Connector.GetStatusAsync();
            return cluster.Feeds[0].Asked.Contains(ScriptedFeed.Start.AddMinutes(5 - 60));
        }, "a read from an hour before the cursor");
        await Eventually(() => cluster.Feeds[0].Asked.Contains(ScriptedFeed.Start.AddMinutes(5)), "a read from the cursor");
    }

    [Fact]
    public async Task Deactivation_StuckPoll_IsCancelled()
    {
        var cancelled = new TaskCompletionSource();
        var stuck = OneTick("pjm:stuck");
        stuck.Before = async cancel =>
        {
            await using var _ = cancel.Register(() => cancelled.TrySetResult());
            await Task.Delay(Timeout.Infinite, cancel);
        };
        await using var cluster = new ConnectorCluster(stuck);
        await cluster.StartAsync();
        await cluster.Connector.StartAsync();
        await Eventually(() => stuck.Asked.Count == 1, "a poll");

        await cluster.RestartConnectorAsync();

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("NOWHERE")]
    [InlineData("pjm")]
    [InlineData("7")]
    public async Task StartAsync_KeyThatIsNoZone_SaysSo(string key)
    {
        await using var cluster = new ConnectorCluster();
        await cluster.StartAsync();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => cluster.Grain(key).StartAsync());

        Assert.Contains($"\"{key}\" is not the name of a market zone", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_ZoneThatIsOff_SaysWhichKeyTurnsItOn()
    {
        await using var cluster = new ConnectorCluster();
        await cluster.StartAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.Grain("SPP").StartAsync());

        Assert.Contains("Connectors:SPP:Feed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_Reminder_IsRegisteredAndBringsADeadConnectorBack()
    {
        await using var cluster = new ConnectorCluster(OneTick("pjm:a"));
        await cluster.StartAsync();
        await cluster.Connector.StartAsync();
        await cluster.Connector.StartAsync();
        await Eventually(() => !cluster.Feeds[0].Asked.IsEmpty, "a poll");
        var reminder = Assert.Single((await cluster.RemindersAsync()).Reminders);
        Assert.Equal(TimeSpan.FromMinutes(1), reminder.Period);

        await cluster.RestartConnectorAsync();
        var polls = -1;
        // No poll between two looks: the old activation has ended.
        await Eventually(() => polls == (polls = cluster.Feeds[0].Asked.Count), "an end of the polling");
        await cluster.Connector.AsReference<IRemindable>().ReceiveReminder(reminder.ReminderName, default, TestContext.Current.CancellationToken);

        await Eventually(() => cluster.Feeds[0].Asked.Count > polls + 2, "polls after the reminder");
    }

    [Fact]
    public async Task ConnectorStarter_ConnectorThatDied_ComesBackWithinSeconds()
    {
        await using var cluster = new ConnectorCluster(OneTick("pjm:a")) { Zones = [OptiBid.Grains.Interfaces.MarketZone.PJM] };
        await cluster.StartAsync();
        await Eventually(() => !cluster.Feeds[0].Asked.IsEmpty, "a poll");

        await cluster.RestartConnectorAsync();
        var from = ScriptedFeed.Start.AddMinutes(5 - 60);
        cluster.Feeds[0].Asked.Clear();

        await Eventually(() => cluster.Feeds[0].Asked.Contains(from), "a first read of a new activation, asked for by nobody but the starter");
    }

    [Fact]
    public async Task ConnectorStarter_ZoneThatIsOn_IsStartedWithTheHost()
    {
        await using var cluster = new ConnectorCluster(OneTick("pjm:a")) { Zones = [OptiBid.Grains.Interfaces.MarketZone.PJM] };

        await cluster.StartAsync();

        await Eventually(() => cluster.Storage.Cursor("pjm:a") is not null, "a saved cursor");
    }
}
