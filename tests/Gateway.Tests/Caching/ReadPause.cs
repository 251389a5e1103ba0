using OptiBid.Gateway.Tests.Fakes;

namespace OptiBid.Gateway.Tests.Caching;

/// <summary>Holds every read of a history up once it has begun, until it is released.</summary>
internal sealed class ReadPause : IDisposable
{
    private readonly MemoryHistory _history;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReadPause(MemoryHistory history)
    {
        _history = history;
        history.Pause = token =>
        {
            _begun.TrySetResult();
            return _go.Task.WaitAsync(token);
        };
    }

    public Task BegunAsync() => _begun.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    public void Release()
    {
        _history.Pause = null;
        _go.TrySetResult();
    }

    public void Dispose() => Release();
}
