using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OptiBid.History.Hosting;
using OptiBid.History.Upkeep;

namespace OptiBid.History.Tests.Upkeep;

public sealed class HistoryUpkeepTests
{
    private readonly FakeTimeProvider _clock = new(Ticks.Noon);
    private readonly NotingStore _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HistoryUpkeep Create(TimeSpan? prices = null) => new(
        _store, _store, _store, Options.Create(new HistoryOptions { Retention = { Prices = prices, Ingestions = TimeSpan.FromDays(20), QualityEvents = TimeSpan.FromDays(10) } }), _clock, NullLogger<HistoryUpkeep>.Instance);

    [Fact]
    public async Task Run_HourAfterHour_AppliesOptionsOnceAndRemovesOnceADay()
    {
        using var upkeep = Create(TimeSpan.FromDays(30));
        for (var hour = 0; hour <= 24; hour++)
        {
            Assert.True(await upkeep.RunAsync(Cancel));
            _clock.Advance(HistoryUpkeep.Pause);
        }

        Assert.Equal(25, _store.Calls.Count(call => call == "ahead"));
        Assert.Equal(
            ["apply", "prices 2026-10-23", "ingestions 2026-11-02", "findings 2026-11-12", "prices 2026-10-24", "ingestions 2026-11-03", "findings 2026-11-13"],
            _store.Calls.Where(call => call != "ahead"));
    }

    [Fact]
    public async Task Run_NoLimitForPrices_RemovesNone()
    {
        using var upkeep = Create();
        Assert.True(await upkeep.RunAsync(Cancel));
        Assert.Equal(["ahead", "apply", "ingestions 2026-11-02", "findings 2026-11-12"], _store.Calls);
    }

    [Fact]
    public async Task Host_StoreFails_GoesOnAndTriesAgainSoon()
    {
        _store.Fails = true;
        using var upkeep = Create(TimeSpan.FromDays(30));
        await upkeep.StartAsync(Cancel);
        await Eventually.TrueAsync(() => _store.Calls.Count == 5, "everything tried");
        Assert.Equal(["ahead", "apply", "prices 2026-10-23", "ingestions 2026-11-02", "findings 2026-11-12"], _store.Calls);

        _store.Fails = false;
        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(HistoryUpkeep.PauseAfterFailure);
            return _store.Calls.Count >= 10;
        }, "everything tried again");
        Assert.Equal(_store.Calls.Take(5), _store.Calls.Skip(5).Take(5));
        Assert.False(upkeep.ExecuteTask!.IsCompleted);
        await upkeep.StopAsync(Cancel);
    }

    private sealed class NotingStore : IHistoryUpkeep, IIngestionLog, IQualityEvents
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _calls = [];

        public IReadOnlyCollection<string> Calls => _calls;

        public volatile bool Fails;

        public Task ApplyOptionsAsync(CancellationToken cancellationToken) => Note("apply");

        public Task PrepareAheadAsync(DateTimeOffset now, CancellationToken cancellationToken) => Note("ahead");

        public async Task<string?> RemovePricesBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken)
        {
            await Note($"prices {instant:yyyy-MM-dd}");
            return null;
        }

        public async Task<int> DeleteBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken)
        {
            await Note($"ingestions {instant:yyyy-MM-dd}");
            return 0;
        }

        async Task<int> IQualityEvents.DeleteBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken)
        {
            await Note($"findings {instant:yyyy-MM-dd}");
            return 0;
        }

        public Task RecordAsync(IReadOnlyCollection<QualityEvent> events, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<QualityEvent> ReadAsync(QualityEventQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task RecordAsync(IReadOnlyCollection<IngestionRecord> records, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<IngestionRecord> ReadAsync(IngestionQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        private Task Note(string call)
        {
            _calls.Enqueue(call);
            return Fails ? Task.FromException(new HistoryUnavailableException("away", new TimeoutException())) : Task.CompletedTask;
        }
    }
}
