using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OptiBid.History.Writing;

namespace OptiBid.History.Tests.Writing;

public sealed class HistoryWriterTests : IAsyncDisposable
{
    private readonly FakeHistory _history = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly HistoryWriterOptions _options = new() { BatchTicks = 10, BufferTicks = 100, Writers = 1, HoldTime = TimeSpan.FromSeconds(30) };
    private HistoryWriter? _writer;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _history.Away = false;
        _history.LetGo();
        if (_writer is not null) await StopAsync();
        _writer?.Dispose();
        await _services.DisposeAsync();
    }

    private async Task<HistoryWriter> StartAsync()
    {
        _writer = new(_history, Options.Create(_options), _clock, new WriterInstruments(_services.GetRequiredService<IMeterFactory>()), NullLogger<HistoryWriter>.Instance);
        await _writer.StartAsync(Cancel);
        return _writer;
    }

    private async Task StopAsync()
    {
        var stop = _writer!.StopAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => { _clock.Advance(TimeSpan.FromSeconds(1)); return stop.IsCompleted; }, "the writer stops");
        await stop;
    }

    /// <summary>Time goes on until something is so.</summary>
    private Task PassUntilAsync(Func<bool> condition, string what) =>
        Eventually.TrueAsync(() => { _clock.Advance(TimeSpan.FromMilliseconds(500)); return condition(); }, what);

    private static PriceTick[] Some(int count, string location = "L") => [.. Enumerable.Range(0, count).Select(i => Ticks.At(i, location: location))];

    private static Action<AppendOutcome> Into(List<bool> answers) => outcome => { lock (answers) answers.Add(outcome.IsDurable); };

    [Fact]
    public async Task TryAppend_WhenIdle_IsWrittenWithoutWaiting()
    {
        var writer = await StartAsync();
        var answers = new List<bool>();

        // The clock stands still: nothing lingers.
        Assert.True(writer.TryAppend(Some(1), Into(answers)));

        await Eventually.TrueAsync(() => answers.Count == 1, "the append is durable");
        Assert.True(answers[0]);
        Assert.Equal(0, writer.Held);
    }

    [Fact]
    public async Task TryAppend_WhileAWriteIsUnderWay_GathersIntoFullBatches()
    {
        _history.Hold();
        var writer = await StartAsync();
        var answers = new List<bool>();
        Assert.True(writer.TryAppend(Some(1), Into(answers)));
        await Eventually.TrueAsync(() => _history.Attempts == 1, "the first write is under way");

        for (var i = 0; i < 9; i++) Assert.True(writer.TryAppend(Some(4), Into(answers)));
        _history.LetGo();

        await PassUntilAsync(() => answers.Count == 10, "all appends are durable");
        Assert.Equal([1, 10, 10, 10, 6], _history.Written.Select(batch => batch.Length));
        Assert.DoesNotContain(false, answers);
    }

    [Fact]
    public async Task TryAppend_LargerThanABatch_IsAnsweredOnceWhenAllOfItIsDurable()
    {
        var writer = await StartAsync();
        var answers = new List<bool>();
        Assert.True(writer.TryAppend(Some(35), Into(answers)));

        await PassUntilAsync(() => answers.Count > 0, "the append is durable");
        Assert.Equal(35, _history.Written.Sum(batch => batch.Length));
        Assert.Equal([true], answers);
    }

    [Fact]
    public async Task TryAppend_Nothing_IsDurableAtOnce()
    {
        var answers = new List<bool>();
        Assert.True((await StartAsync()).TryAppend(default, Into(answers)));
        Assert.Equal([true], answers);
    }

    [Fact]
    public async Task TryAppend_BeyondTheBuffer_IsRefusedUntilThereIsRoom()
    {
        _history.Hold();
        var writer = await StartAsync();
        Assert.True(writer.TryAppend(Some(60), _ => { }));
        Assert.True(writer.TryAppend(Some(40), _ => { }));
        Assert.False(writer.TryAppend(Some(1), _ => Assert.Fail("a refused append is never answered")));
        var room = writer.WaitForRoomAsync(Cancel);
        Assert.False(room.IsCompleted);

        _history.LetGo();

        await PassUntilAsync(() => room.IsCompleted, "there is room");
        await room;
        Assert.True(writer.TryAppend(Some(1), _ => { }));
    }

    [Fact]
    public async Task TryAppend_LargerThanTheBuffer_IsTakenAlone()
    {
        var writer = await StartAsync();
        var answers = new List<bool>();
        Assert.True(writer.TryAppend(Some(500), Into(answers)));
        Assert.False(writer.TryAppend(Some(1), _ => { }));
        await PassUntilAsync(() => answers.Count == 1, "the append is durable");
    }

    [Fact]
    public async Task Write_StoreAwayForLessThanTheHoldTime_LosesNothingAndAnswersTrue()
    {
        _history.Away = true;
        var writer = await StartAsync();
        var answers = new List<bool>();
        Assert.True(writer.TryAppend(Some(25), Into(answers)));
        await Eventually.TrueAsync(() => { _clock.Advance(TimeSpan.FromMilliseconds(50)); return _history.Attempts >= 4; }, "it tries again");
        Assert.NotNull(writer.StoreAway);
        Assert.Empty(answers);

        _history.Away = false;

        await PassUntilAsync(() => answers.Count == 1, "the append is durable");
        Assert.Equal([true], answers);
        Assert.Null(writer.StoreAway);
        Assert.Equal(25, _history.Written.Sum(batch => batch.Length));
    }

    [Fact]
    public async Task Write_StoreAwayPastTheHoldTime_GivesUpRefusesAndComesBack()
    {
        _history.Away = true;
        using var counted = new CountedTicks(_services, "optibid.history.ticks.given_up");
        var writer = await StartAsync();
        var answers = new List<bool>();
        for (var i = 0; i < 3; i++) Assert.True(writer.TryAppend(Some(8), Into(answers)));

        await PassUntilAsync(() => answers.Count == 3, "all is given up");
        Assert.Equal([false, false, false], answers);
        Assert.Equal(24, counted.Total);
        Assert.Equal(0, writer.Held);
        Assert.False(writer.TryAppend(Some(1), _ => { }));
        var room = writer.WaitForRoomAsync(Cancel);
        Assert.False(room.IsCompleted);

        _history.Away = false;

        await PassUntilAsync(() => room.IsCompleted, "the store is back");
        Assert.True(writer.TryAppend(Some(2, "back"), Into(answers)));
        await PassUntilAsync(() => answers.Count == 4, "appends are written again");
        Assert.True(answers[3]);
        Assert.Contains(_history.Written, batch => batch.Any(tick => tick.Location == "back"));
    }

    [Fact]
    public async Task Write_StoreAwayAndBufferFull_GivesUpBeforeTheHoldTime()
    {
        _options.HoldTime = TimeSpan.FromDays(1);
        _history.Away = true;
        var writer = await StartAsync();
        var answers = new List<bool>();
        Assert.True(writer.TryAppend(Some(100), Into(answers)));
        await Eventually.TrueAsync(() => _history.Attempts > 0, "the store is found away");
        Assert.False(writer.TryAppend(Some(1), _ => { }));

        await PassUntilAsync(() => answers.Count == 1, "it is given up");
        Assert.Equal([false], answers);
        Assert.Equal(0, writer.Held);
    }

    [Fact]
    public async Task Write_StoreAwayForHours_HoldsNoMoreThanTheBuffer()
    {
        _history.Away = true;
        var writer = await StartAsync();
        var (taken, answered) = (0, 0);
        for (var i = 0; i < 5_000; i++)
        {
            if (writer.TryAppend(Some(7), _ => Interlocked.Increment(ref answered))) taken++;
            Assert.InRange(writer.Held, 0, 100);
            _clock.Advance(TimeSpan.FromSeconds(3));
        }

        await PassUntilAsync(() => answered == taken, "every append taken is answered");
    }

    [Fact]
    public async Task Write_BadRowsInABatch_AreSetAsideAloneAndTheRestIsWritten()
    {
        _history.Rejects = tick => tick.Location.StartsWith("bad", StringComparison.Ordinal);
        using var counted = new CountedTicks(_services, "optibid.history.ticks.set_aside");
        var writer = await StartAsync();
        var answers = new ConcurrentQueue<AppendOutcome>();
        Assert.True(writer.TryAppend(new[] { Ticks.At(-1) }, answers.Enqueue));
        Assert.True(writer.TryAppend(new[] { Ticks.At(location: "bad1"), Ticks.At(1), Ticks.At(2), Ticks.At(3, location: "bad2"), Ticks.At(4) }, answers.Enqueue));
        Assert.True(writer.TryAppend(new[] { Ticks.At(5), Ticks.At(6, location: "bad3") }, answers.Enqueue));

        // Each caller is told of its own.
        await PassUntilAsync(() => answers.Count == 3, "the appends are settled");
        Assert.All(answers, outcome => Assert.True(outcome.IsDurable));
        Assert.Equal(["", "bad1 bad2", "bad3"], answers.Select(outcome => string.Join(' ', outcome.Rejected.Select(rejected => rejected.Tick.Location).Order())).Order());
        Assert.All(answers.SelectMany(outcome => outcome.Rejected), rejected => Assert.Equal("a bad row", rejected.Reason));
        Assert.Equal([-1, 1, 2, 4, 5], _history.Written.SelectMany(batch => batch).Select(tick => (tick.Timestamp - Ticks.Noon).TotalMinutes / 5).Order());
        Assert.Equal(3, counted.Total);
    }

    [Fact]
    public async Task Write_CallerThrowsWhenTold_OthersAreToldAllTheSame()
    {
        var writer = await StartAsync();
        var answers = new List<bool>();
        _history.Hold();
        Assert.True(writer.TryAppend(Some(1), _ => throw new InvalidOperationException("the caller's own")));
        Assert.True(writer.TryAppend(Some(1), Into(answers)));
        _history.LetGo();
        await PassUntilAsync(() => answers.Count == 1, "the other append is answered");
    }

    [Fact]
    public async Task Stop_WithTicksHeld_FlushesThemFirst()
    {
        _history.Hold();
        var writer = await StartAsync();
        var answers = new List<bool>();
        for (var i = 0; i < 5; i++) Assert.True(writer.TryAppend(Some(9), Into(answers)));
        var stop = writer.StopAsync(Cancel);
        Assert.False(writer.TryAppend(Some(1), _ => { }));
        _history.LetGo();

        await stop;
        Assert.Equal(45, _history.Written.Sum(batch => batch.Length));
        Assert.Equal(5, answers.Count(durable => durable));
    }

    [Fact]
    public async Task Stop_StoreAway_GivesUpAtTheDeadline()
    {
        _history.Away = true;
        _options.HoldTime = TimeSpan.FromDays(1);
        var writer = await StartAsync();
        var answers = new List<bool>();
        for (var i = 0; i < 5; i++) Assert.True(writer.TryAppend(Some(9), Into(answers)));

        await StopAsync();

        Assert.Equal(5, answers.Count(durable => !durable));
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.WaitForRoomAsync(Cancel));
    }

    private sealed class CountedTicks : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _total;

        public CountedTicks(IServiceProvider services, string instrument)
        {
            var meters = services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (found, listener) =>
            {
                if (found.Name == instrument && found.Meter.Scope == meters) listener.EnableMeasurementEvents(found);
            };
            _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _total, count));
            _listener.Start();
        }

        public long Total => Interlocked.Read(ref _total);

        public void Dispose() => _listener.Dispose();
    }
}
