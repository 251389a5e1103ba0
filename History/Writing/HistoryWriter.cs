using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Writing;

/// <summary>
/// Group commit. Appends queue up in a bounded buffer; a few writers take them out in large batches. The first
/// append after a pause is written at once, and while writes are under way the next batch fills.
/// </summary>
/// <remarks>
/// When the store is away a writer holds its batch and tries again with growing pauses. Past the hold time, or
/// when the buffer is full, everything held is given up (its callers read it again from Kafka once there is
/// room) and appends are refused; the writers go on trying with the batch they have, which costs no more memory
/// and changes nothing twice, and the first one that goes through opens the buffer again. A batch that the store
/// rejects for what is in it is halved until the one bad tick stands alone, which is set aside.
/// </remarks>
internal sealed partial class HistoryWriter : IHistoryWriter, IHostedService, IDisposable
{
    private readonly IPriceHistory _history;
    private readonly HistoryWriterOptions _options;
    private readonly TimeProvider _clock;
    private readonly WriterInstruments _instruments;
    private readonly ILogger _log;
    private readonly AppendBuffer _buffer;
    private readonly StoreOutage _outage;
    private readonly SemaphoreSlim _gathering = new(1);
    private readonly CancellationTokenSource _stop = new();
    private Task _writers = Task.CompletedTask;
    private long _lastTaken;
    private int _writing;

    public HistoryWriter(
        IPriceHistory history, IOptions<HistoryWriterOptions> options, TimeProvider clock, WriterInstruments instruments, ILogger<HistoryWriter> log)
    {
        _history = history;
        _options = options.Value;
        _clock = clock;
        _instruments = instruments;
        _log = log;
        _buffer = new AppendBuffer(_options.BufferTicks);
        _outage = new StoreOutage(clock);
        instruments.Observe(_buffer);
    }

    /// <summary>How long the store has been away; null while it answers.</summary>
    public TimeSpan? StoreAway => _outage.Lasting;

    /// <summary>Ticks held, not durable yet.</summary>
    public int Held => _buffer.Held;

    public bool TryAppend(ReadOnlyMemory<PriceTick> ticks, Action<AppendOutcome> completed)
    {
        if (ticks.IsEmpty)
        {
            completed(new AppendOutcome(true, []));
            return true;
        }

        return _buffer.TryAdd(new(ticks, completed));
    }

    public Task WaitForRoomAsync(CancellationToken cancellationToken) => _buffer.WaitForRoomAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _lastTaken = _clock.GetTimestamp() - (long)(_options.Linger.TotalSeconds * _clock.TimestampFrequency) - 1;
        _writers = Task.WhenAll(Enumerable.Range(0, _options.Writers).Select(_ => Task.Run(WriteAllAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _buffer.Close();
        using var deadline = new CancellationTokenSource(_options.FlushTime, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _writers.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            LogNotFlushed(_buffer.Held, _options.FlushTime);
            await _stop.CancelAsync();
            await _writers;
        }

        GiveUp(_buffer.Empty());
    }

    public void Dispose()
    {
        _stop.Dispose();
        _gathering.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var batch = new PriceTick[_options.BatchTicks];
        var parts = new List<AppendPart>();
        try
        {
            while (await GatherAsync(batch, parts) is var length and > 0)
            {
                try
                {
                    await WriteAsync(batch.AsMemory(0, length), parts);
                }
                finally
                {
                    // Also a batch that was broken off is answered, or its callers would wait for ever.
                    GiveUp(parts);
                    _ = Interlocked.Decrement(ref _writing);
                    Array.Clear(batch, 0, length);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The host's patience is over; what was held has been answered above.
        }
    }

    // One writer gathers at a time, so that a burst makes one large batch and not as many small ones as there are writers.
    private async Task<int> GatherAsync(PriceTick[] batch, List<AppendPart> parts)
    {
        await _gathering.WaitAsync(_stop.Token);
        try
        {
            while (true)
            {
                await _buffer.WaitForAsync(1, _stop.Token);
                var isIdle = Volatile.Read(ref _writing) == 0 && _clock.GetElapsedTime(_lastTaken) >= _options.Linger;
                if (!isIdle) await LingerAsync(batch.Length);

                var length = _buffer.Take(batch, parts);
                _lastTaken = _clock.GetTimestamp();
                if (length > 0) _ = Interlocked.Increment(ref _writing);

                // Nothing there although something was: it has been given up in between.
                if (length > 0 || _buffer.IsClosed) return length;
            }
        }
        finally
        {
            _ = _gathering.Release();
        }
    }

    private async Task LingerAsync(int enough)
    {
        using var patience = new CancellationTokenSource(_options.Linger, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stop.Token);
        try
        {
            await _buffer.WaitForAsync(enough, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // A batch that is not full.
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<PriceTick> batch, List<AppendPart> parts)
    {
        var open = new Stack<(int Start, int Length)>([(0, batch.Length)]);
        var failures = 0;
        while (open.TryPop(out var range))
        {
            var ticks = batch.Slice(range.Start, range.Length);
            try
            {
                var started = _clock.GetTimestamp();
                await _history.WriteAsync(ticks, _stop.Token);
                _instruments.Written(ticks.Length, _clock.GetElapsedTime(started));
                failures = 0;
                StoreAnswered();
            }
            catch (HistoryRejectedException error)
            {
                StoreAnswered();
                Reject(batch, range, error, open, parts);
            }
            catch (Exception error) when (!_stop.IsCancellationRequested)
            {
                // Whatever it is, these ticks are neither durable nor to be lost: HistoryUnavailableException is
                // the usual one, anything else is a fault of ours that must show and not cost data.
                StoreFailed(error);
                open.Push(range);
                if (ShouldGiveUp()) GiveUpEverything();
                if (_buffer.Refuses) GiveUp(parts);
                await Task.Delay(Backoff.Pause(_options, failures++), _clock, _stop.Token);
            }

            // After a giving up, what is left of the batch only served to ask whether the store is back.
            if (parts.Count == 0 && !_buffer.Refuses) return;
        }

        Settle(parts);
    }

    private void Reject(
        ReadOnlyMemory<PriceTick> batch, (int Start, int Length) range, HistoryRejectedException error, Stack<(int Start, int Length)> open, List<AppendPart> parts)
    {
        if (range.Length > 1)
        {
            var half = range.Length / 2;
            open.Push((range.Start + half, range.Length - half));
            open.Push((range.Start, half));
            return;
        }

        var tick = batch.Span[range.Start];
        LogSetAside(tick.MarketZone, tick.Location, tick.PriceType, tick.Timestamp, tick.Price, tick.Sequence, error);
        _instruments.SetAside();
        OwnerOf(range.Start, parts)?.Reject(new RejectedTick(tick, error.Message));
    }

    /// <summary>The append that a place of the batch belongs to; null when all were given up meanwhile.</summary>
    private static PendingAppend? OwnerOf(int place, List<AppendPart> parts)
    {
        foreach (var (append, count) in parts)
        {
            if (place < count) return append;
            place -= count;
        }

        return null;
    }

    private bool ShouldGiveUp() => !_buffer.Refuses && (_buffer.IsFull || _outage.Lasting > _options.HoldTime);

    private void GiveUpEverything()
    {
        LogGivingUp(_outage.Lasting ?? TimeSpan.Zero, _buffer.Held);
        GiveUp(_buffer.Refuse());
    }

    private void GiveUp(IReadOnlyList<PendingAppend> appends)
    {
        foreach (var append in appends)
        {
            if (!append.GiveUp()) continue;

            _instruments.GivenUp(append.Ticks.Length);
            Answer(append, durable: false);
        }
    }

    private void GiveUp(List<AppendPart> parts)
    {
        if (parts.Count == 0) return;

        _buffer.Release(parts.Sum(part => part.Count));
        GiveUp([.. parts.Select(part => part.Append)]);
        parts.Clear();
    }

    private void Settle(List<AppendPart> parts)
    {
        _buffer.Release(parts.Sum(part => part.Count));
        foreach (var (append, count) in parts)
        {
            if (append.Settle(count)) Answer(append, durable: true);
        }

        parts.Clear();
    }

    private void Answer(PendingAppend append, bool durable)
    {
        try
        {
            append.Answer(durable);
        }
        catch (Exception error)
        {
            // A caller's fault is its own; the other appends of the batch still have to be answered.
            LogAnswerFailed(error);
        }
    }

    private void StoreFailed(Exception error)
    {
        _instruments.Failed();
        if (_outage.Failed()) LogStoreAway(error);
        else LogStoreStillAway(error.Message);
    }

    private void StoreAnswered()
    {
        if (_outage.Ended() is { } lasted) LogStoreBack(lasted);
        if (_buffer.Refuses) _buffer.Accept();
    }
}
