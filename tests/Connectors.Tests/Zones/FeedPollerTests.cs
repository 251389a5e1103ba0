using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Zones;
using OptiBid.Connectors.Zones.Fetching;
using OptiBid.Connectors.Zones.Fundamentals;
using OptiBid.Grains.Interfaces;
using Orleans.Storage;

namespace OptiBid.Connectors.Tests.Zones;

public sealed class FeedPollerTests : IPricePublisher, IDisposable
{
    private readonly FakeTimeProvider _clock = new(ScriptedFeed.Start);
    private readonly ScriptedFeed _feed = new("pjm:test", TimeSpan.FromMinutes(5));
    private readonly MemoryDirectory _directory = new();
    private readonly ZoneFundamentals _fundamentals = new();
    private readonly MemoryHistory _history = new();
    private readonly IngestionRecorder _ingestions;
    private readonly List<string> _log = [];
    private readonly List<PriceTick> _published = [];
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ConnectorMeters>().AddSingleton(TimeProvider.System).BuildServiceProvider();

    public FeedPollerTests() => _ingestions = new(_history, _clock, NullLogger<IngestionRecorder>.Instance);

    private Exception? _kafka;
    private Func<Task> _store = () => Task.CompletedTask;

    private DateTimeOffset? Saved { get; set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _ingestions.Dispose();
        _services.Dispose();
    }

    Task IPricePublisher.PublishAsync(PriceTick[] ticks)
    {
        if (_kafka is not null) return Task.FromException(_kafka);
        _log.Add($"publish {ticks.Length}");
        _published.AddRange(ticks);
        return Task.CompletedTask;
    }

    async Task IPricePublisher.SaveCursorAsync(string feed, DateTimeOffset cursor)
    {
        await _store();
        _log.Add("save");
        Saved = cursor;
    }

    private FeedPoller Poller(ScriptedFeed? feed = null) => new(
        feed ?? _feed,
        Saved,
        TimeSpan.FromHours(1),
        new ZoneRoad(
            this,
            new LocationRecorder(MarketZone.PJM, _directory, _clock, NullLogger<LocationRecorder>.Instance),
            _fundamentals,
            _ingestions,
            _services.GetRequiredService<ConnectorMeters>(),
            _clock),
        NullLogger.Instance);

    [Fact]
    public async Task PollAsync_FreshDeployment_StartsALookbackAgo()
    {
        await Poller().PollAsync(Cancel);

        Assert.Equal(ScriptedFeed.Start.AddHours(-24), Assert.Single(_feed.Asked));
        Assert.Null(Saved);
    }

    [Fact]
    public async Task PollAsync_Ticks_ArePublishedInChunksBeforeTheCursorIsSaved()
    {
        _feed.Answer = _ => [_feed.Page(0, 25_000)];

        var pause = await Poller().PollAsync(Cancel);

        Assert.Equal(["publish 10000", "publish 10000", "publish 5000", "save"], _log);
        Assert.Equal(Enumerable.Range(0, 25_000).Select(i => (double)i), _published.Select(tick => tick.Price));
        Assert.Equal(_published[^1].Timestamp.AddMinutes(5), Saved);
        Assert.Equal(TimeSpan.FromMinutes(5), pause);
    }

    [Fact]
    public async Task PollAsync_KafkaAway_KeepsTheCursorAndPublishesTheSameLater()
    {
        Saved = ScriptedFeed.Start;
        _feed.Answer = _ => [_feed.Page(0, 3)];
        _kafka = new TimeoutException("no broker");
        var poller = Poller();

        var pause = await poller.PollAsync(Cancel);

        Assert.Equal(ScriptedFeed.Start, Saved);
        Assert.Contains("no broker", poller.Status.LastError, StringComparison.Ordinal);
        Assert.InRange(pause, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));

        _kafka = null;
        await poller.PollAsync(Cancel);

        Assert.Equal([0.0, 1.0, 2.0], _published.Select(tick => tick.Price));
        Assert.Equal(ScriptedFeed.Start.AddMinutes(15), Saved);
        Assert.Null(poller.Status.LastError);
        Assert.Equal(_feed.Asked.First(), _feed.Asked.Last());
    }

    [Fact]
    public async Task PollAsync_ErrorBetweenTwoWindows_KeepsWhatTheFirstReached()
    {
        _feed.Answer = Broken;

        await Poller().PollAsync(Cancel);

        Assert.Equal(ScriptedFeed.Start.AddMinutes(5), Saved);

        IEnumerable<FeedPage> Broken(DateTimeOffset cursor)
        {
            yield return _feed.Page(0);
            throw new MarketFeedException("pjm:test", "broke off");
        }
    }

    [Fact]
    public async Task PollAsync_LastPageOfAWindowEmpty_StillMovesTheCursor()
    {
        Saved = ScriptedFeed.Start;
        _feed.Answer = _ =>
        [
            _feed.Page(0, 2) with { Cursor = ScriptedFeed.Start },
            _feed.Page(0, 0) with { Cursor = ScriptedFeed.Start.AddMinutes(10) },
        ];

        await Poller().PollAsync(Cancel);

        Assert.Equal(["publish 2", "save"], _log);
        Assert.Equal(ScriptedFeed.Start.AddMinutes(10), Saved);
    }

    [Fact]
    public async Task PollAsync_NothingOnAFreshDeployment_SavesNoCursor()
    {
        _feed.Answer = from => [_feed.Page(0, 0) with { Cursor = from }];

        await Poller().PollAsync(Cancel);

        Assert.Null(Saved);
    }

    [Fact]
    public async Task PollAsync_Restart_ReadsAnOverlapOnceAndGoesOn()
    {
        Saved = ScriptedFeed.Start;
        var poller = Poller();

        await poller.PollAsync(Cancel);
        await poller.PollAsync(Cancel);

        Assert.Equal([ScriptedFeed.Start.AddHours(-1), ScriptedFeed.Start], _feed.Asked);
    }

    [Fact]
    public async Task PollAsync_CursorStoreAway_KeepsTheCadenceAndLosesNothingOverARestart()
    {
        _feed.Answer = from => from > ScriptedFeed.Start.AddHours(5) ? [] : [_feed.Page(_feed.Asked.Count - 1), _feed.Page(_feed.Asked.Count)];
        await Poller().PollAsync(Cancel);
        _store = () => Task.FromException(new TimeoutException("database away"));
        var poller = Poller();

        for (var i = 0; i < 4; i++) Assert.Equal(TimeSpan.FromMinutes(5), await poller.PollAsync(Cancel));

        Assert.Null(poller.Status.LastError);
        Assert.Equal([0, 1, 1, 2, 3, 4, 5], _published.Select(tick => (int)tick.Price));
        Assert.Equal(ScriptedFeed.Start.AddMinutes(30), poller.Status.ReadThrough);
        Assert.Equal(ScriptedFeed.Start.AddMinutes(10), Saved);

        // A process that dies now goes on from what was saved.
        await Poller().PollAsync(Cancel);
        Assert.Equal(ScriptedFeed.Start.AddMinutes(10 - 60), _feed.Asked.Last());

        _store = () => Task.CompletedTask;
        _feed.Answer = _ => [];
        await poller.PollAsync(Cancel);
        Assert.Equal(ScriptedFeed.Start.AddMinutes(30), Saved);
    }

    [Fact]
    public async Task PollAsync_RowOfAFutureDate_TakesTheCursorNoFurtherThanTheFeedReaches()
    {
        var feed = new ScriptedFeed("pjm:test", TimeSpan.FromMinutes(5)) { Ahead = TimeSpan.FromMinutes(5) };
        feed.Answer = _ => [feed.Page(0, 12)];
        var poller = Poller(feed);

        await poller.PollAsync(Cancel);
        Assert.Equal(12, _published.Count);
        Assert.Equal(ScriptedFeed.Start.AddMinutes(5), poller.Status.ReadThrough);

        Saved = ScriptedFeed.Start.AddDays(7);
        Assert.Equal(ScriptedFeed.Start.AddMinutes(5), Poller(feed).Status.ReadThrough);
    }

    [Fact]
    public async Task PollAsync_CursorStoreThatHangs_HoldsUpNoPrice()
    {
        var hung = new TaskCompletionSource();
        _store = () => hung.Task;
        _feed.Answer = _ => [_feed.Page(_feed.Asked.Count)];
        var poller = Poller();

        for (var i = 0; i < 3; i++) await poller.PollAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        Assert.Equal(3, _published.Count);

        hung.SetResult();
        await poller.FlushAsync();
        Assert.Equal(ScriptedFeed.Start.AddMinutes(20), Saved);
    }

    [Fact]
    public async Task PollAsync_CursorSavedByAnother_EndsThePoll()
    {
        _store = () => Task.FromException(new InconsistentStateException("written meanwhile"));
        _feed.Answer = _ => [_feed.Page(0), _feed.Page(1)];
        var poller = Poller();

        await poller.PollAsync(Cancel);

        Assert.Single(_published);
        Assert.Contains("written meanwhile", poller.Status.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PollAsync_FeedThatRereads_PublishesOnlyWhatIsNewOrHasChanged()
    {
        var feed = new ScriptedFeed("pjm:test", TimeSpan.FromMinutes(5)) { Reread = new(TimeSpan.FromMinutes(30), TimeSpan.Zero) };
        PriceTick[] rows = [feed.Tick(0), feed.Tick(1)];
        feed.Answer = _ => [feed.Page(0, 2) with { Ticks = rows }];
        var poller = Poller(feed);
        await poller.PollAsync(Cancel);
        _published.Clear();

        rows = [feed.Tick(0), feed.Tick(0) with { Location = "late" }, feed.Tick(1) with { Price = 99 }];
        await poller.PollAsync(Cancel);
        Assert.Equal(rows[1..], _published);
        Assert.Equal(ScriptedFeed.Start.AddMinutes(10 - 30), feed.Asked.Last());

        // Corrected and corrected back: what was last published counts, not what ever was.
        rows = [feed.Tick(1)];
        await poller.PollAsync(Cancel);
        await poller.PollAsync(Cancel);
        Assert.Equal(3, _published.Count);
        Assert.Equal(rows[0], _published[^1]);
    }

    [Fact]
    public async Task PollAsync_TwoVersionsOfAnInterval_AreBothKnownWhenReadAgain()
    {
        var feed = new ScriptedFeed("pjm:test", TimeSpan.FromMinutes(5)) { Reread = new(TimeSpan.FromMinutes(30), TimeSpan.Zero) };
        var first = feed.Tick(0);
        feed.Answer = _ => [feed.Page(0) with { Ticks = [first, first with { Price = 40, PublishedAt = first.PublishedAt.AddSeconds(1) }] }];
        var poller = Poller(feed);

        await poller.PollAsync(Cancel);
        await poller.PollAsync(Cancel);

        Assert.Equal([0.0, 40.0], _published.Select(tick => tick.Price));
    }

    [Fact]
    public async Task PollAsync_FeedThatRereadsKafkaAway_StillPublishesAllLater()
    {
        var feed = new ScriptedFeed("pjm:test", TimeSpan.FromMinutes(5)) { Reread = new(TimeSpan.FromMinutes(30), TimeSpan.Zero) };
        feed.Answer = _ => [feed.Page(0, 3)];
        var poller = Poller(feed);
        _kafka = new TimeoutException("no broker");
        await poller.PollAsync(Cancel);

        _kafka = null;
        await poller.PollAsync(Cancel);

        Assert.Equal(3, _published.Count);
    }

    [Fact]
    public async Task PollAsync_SlowReread_IsMadeAtTheStartAndThenInItsTime()
    {
        Saved = ScriptedFeed.Start;
        var feed = new ScriptedFeed("pjm:test", TimeSpan.FromHours(1)) { Reread = new(TimeSpan.FromDays(2), TimeSpan.FromHours(6)) };
        var poller = Poller(feed);

        for (var hour = 0; hour <= 6; hour++)
        {
            await poller.PollAsync(Cancel);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal([-48, 0, 0, 0, 0, 0, -48], feed.Asked.Select(asked => (int)(asked - ScriptedFeed.Start).TotalHours));
    }

    [Fact]
    public async Task PollAsync_OnlyLateRows_PublishesThemAndLeavesTheCursor()
    {
        Saved = ScriptedFeed.Start.AddHours(2);
        _feed.Answer = _ => [_feed.Page(0, 2)];

        await Poller().PollAsync(Cancel);

        Assert.Equal(["publish 2"], _log);
        Assert.Equal(ScriptedFeed.Start.AddHours(2), Saved);
    }

    [Fact]
    public async Task PollAsync_FailuresInARow_WaitLongerEachTimeUpToAMinute()
    {
        _feed.Before = _ => Task.FromException(new MarketFeedException("pjm:test", "down"));
        var poller = Poller();

        var pauses = new List<double>();
        for (var i = 0; i < 12; i++) pauses.Add((await poller.PollAsync(Cancel)).TotalSeconds);

        Assert.InRange(pauses[0], 0.7, 1);
        Assert.InRange(pauses[3], 5.9, 8);
        Assert.InRange(pauses[11], 44, 60);
    }

    [Fact]
    public async Task PollAsync_MarketAsksToBeLeftAlone_WaitsThatLong()
    {
        _feed.Before = _ => Task.FromException(new MarketFeedException("pjm:test", "429") { RetryAfter = TimeSpan.FromMinutes(10) });

        Assert.Equal(TimeSpan.FromMinutes(10), await Poller().PollAsync(Cancel));
    }

    [Fact]
    public async Task PollAsync_DirectoryAway_PublishesAllTheSameAndEntersThePlacesLater()
    {
        _feed.Answer = _ => [_feed.Page(_feed.Asked.Count)];
        _directory.Trouble = new InvalidOperationException("database away");
        var poller = Poller();

        await poller.PollAsync(Cancel);
        Assert.Single(_published);

        _directory.Trouble = null;
        await poller.PollAsync(Cancel);
        Assert.Empty(_directory.Saved);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await poller.PollAsync(Cancel);
        await poller.PollAsync(Cancel);

        Assert.Equal("PJM-RTO", Assert.Single(Assert.Single(_directory.Saved)).Name);
    }

    [Fact]
    public async Task Status_AnswerWithAWarning_ShowsItBesideTheSuccess()
    {
        _feed.Answer = _ => [_feed.Page(0) with { Warning = "pjm:test: ends early" }];
        var poller = Poller();

        await poller.PollAsync(Cancel);
        Assert.Equal(("pjm:test: ends early", ScriptedFeed.Start), (poller.Status.Warning, poller.Status.LastSuccess));

        _feed.Answer = _ => [_feed.Page(0)];
        await poller.PollAsync(Cancel);
        Assert.Null(poller.Status.LastError);
    }

    [Fact]
    public async Task Meters_RejectedRowsAndFailedPolls_AreCountedByFeed()
    {
        var counted = new Dictionary<string, (long Value, object? Feed)>();
        // Every test has a meter of its own, of the same name; this one's is known by its factory.
        var factory = _services.GetRequiredService<IMeterFactory>();
        _ = _services.GetRequiredService<ConnectorMeters>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == ConnectorMeters.Name && instrument.Meter.Scope == factory) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counted[instrument.Name] = (counted.GetValueOrDefault(instrument.Name).Value + value, tags[0].Value));
        listener.Start();
        _feed.Answer = _ => [_feed.Page(_feed.Asked.Count, 2, rejected: 3)];
        var poller = Poller();

        await poller.PollAsync(Cancel);
        _kafka = new TimeoutException("no broker");
        await poller.PollAsync(Cancel);

        Assert.Equal((3L, "pjm:test"), counted["optibid.connector.rows.rejected"]);
        Assert.Equal((1L, "pjm:test"), counted["optibid.connector.errors"]);
    }

    [Fact]
    public async Task Status_AfterPolls_CountsRowsAndTellsWhen()
    {
        _feed.Answer = _ => [_feed.Page(0, 2, rejected: 1)];
        var poller = Poller();

        await poller.PollAsync(Cancel);
        await poller.PollAsync(Cancel);

        Assert.Equal(
            new FeedStatus
            {
                Feed = "pjm:test",
                LastSuccess = ScriptedFeed.Start,
                Rows = new(Read: 6, Accepted: 2, Revised: 0, Duplicate: 2, Rejected: 2),
                ReadThrough = ScriptedFeed.Start.AddMinutes(10),
                NextPoll = ScriptedFeed.Start.AddMinutes(5),
            },
            poller.Status);
    }
}
