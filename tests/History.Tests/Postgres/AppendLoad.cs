using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.History.Tests.Contract;
using OptiBid.History.Writing;

namespace OptiBid.History.Tests.Postgres;

/// <summary>Three partitions that hand ticks to the writer as fast as it takes them, and note what it acknowledges.</summary>
internal sealed class AppendLoad : IAsyncDisposable
{
    public const int BufferTicks = 20_000;

    private readonly ConcurrentBag<PriceTick> _acknowledged = [];
    private readonly CancellationTokenSource _enough = new();
    private readonly HistoryWriter _writer;
    private Task _publishing = Task.CompletedTask;
    private int _mostHeld;

    private AppendLoad(HistoryWriter writer) => _writer = writer;

    /// <summary>Most ticks that the writer held at once.</summary>
    public int MostHeld => _mostHeld;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<AppendLoad> StartAsync(HistoryUnderTest store)
    {
        var load = new AppendLoad(store.Services.GetRequiredService<HistoryWriter>());
        await load._writer.StartAsync(Cancel);
        load._publishing = Task.WhenAll(Enumerable.Range(0, 3).Select(partition => Task.Run(() => load.PublishAsync(partition), Cancel)));
        return load;
    }

    /// <summary>Waits until so many more ticks are acknowledged.</summary>
    public Task GoesOnAsync(int ticks = 5_000)
    {
        var before = _acknowledged.Count;
        return Eventually.TrueAsync(() => _acknowledged.Count > before + ticks, "prices are being written", 60);
    }

    public Task FindsTheStoreAwayAsync() => Eventually.TrueAsync(() => _writer.StoreAway is not null, "the writer finds the database away", 60);

    public Task FindsTheStoreBackAsync() => Eventually.TrueAsync(() => _writer.StoreAway is null, "the writer goes on", 60);

    /// <summary>Publishes no more, lets the writer finish, and gives what was acknowledged.</summary>
    public async Task<IReadOnlyCollection<PriceTick>> StopAsync()
    {
        await _enough.CancelAsync();
        await _publishing;
        await _writer.StopAsync(Cancel);
        return _acknowledged;
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        _enough.Dispose();
    }

    private async Task PublishAsync(int partition)
    {
        for (var interval = 0; !_enough.IsCancellationRequested; interval++)
        {
            PriceTick[] ticks = [.. Enumerable.Range(0, 100).Select(i => Ticks.At(interval, price: i, location: $"{partition}-{i}"))];
            while (!_writer.TryAppend(ticks, outcome => Note(ticks, outcome))) await _writer.WaitForRoomAsync(Cancel);
            _mostHeld = Math.Max(_mostHeld, _writer.Held);
            await Task.Yield();
        }
    }

    private void Note(PriceTick[] ticks, AppendOutcome outcome)
    {
        if (!outcome.IsDurable) return;
        foreach (var tick in ticks) _acknowledged.Add(tick);
    }
}
