namespace OptiBid.History.Tests.Writing;

/// <summary>A history whose writes a test holds back, refuses and looks at.</summary>
internal sealed class FakeHistory : IPriceHistory
{
    private readonly Lock _gate = new();
    private readonly List<PriceTick[]> _written = [];
    private TaskCompletionSource? _held;
    private int _attempts;

    public bool Away { get; set; }

    public Func<PriceTick, bool> Rejects { get; set; } = _ => false;

    public int Attempts => Volatile.Read(ref _attempts);

    public List<PriceTick[]> Written
    {
        get
        {
            lock (_gate) return [.. _written];
        }
    }

    public void Hold() => _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo()
    {
        var held = _held;
        _held = null;
        held?.SetResult();
    }

    public async Task WriteAsync(ReadOnlyMemory<PriceTick> ticks, CancellationToken cancellationToken = default)
    {
        _ = Interlocked.Increment(ref _attempts);
        if (_held is { } held) await held.Task.WaitAsync(cancellationToken);
        if (Away) throw new HistoryUnavailableException("away", new IOException());
        if (ticks.ToArray().Any(Rejects)) throw new HistoryRejectedException("a bad row");
        lock (_gate) _written.Add(ticks.ToArray());
    }

    public IAsyncEnumerable<PriceTick> ReadAsync(PriceQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<PriceRevision> ReadRevisionsAsync(PriceQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<PriceBucket> ResampleAsync(ResampleQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<string> CheckAsync(CancellationToken cancellationToken = default) => Task.FromResult("fake");
}
