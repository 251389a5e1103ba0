using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;

namespace OptiBid.Gateway.Caching;

/// <summary>
/// The level that gateways share. A server that is away, or slow, costs one caller a moment and then nobody anything: it is left
/// alone for a while, answers come from the history, and the log says so once.
/// </summary>
internal sealed partial class SharedLevel(IBufferDistributedCache server, TimeProvider clock, ILogger log) : IBufferDistributedCache, IDisposable
{
    /// <summary>How long one call may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a server that failed is left alone.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private bool _isAway;
    private long _failedAt;

    /// <summary>True while the server is not asked, because it failed.</summary>
    private bool Rests
    {
        get { lock (_gate) return _isAway && clock.GetElapsedTime(_failedAt) < Rest; }
    }

    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        if (Rests) return false;
        try
        {
            // Into a buffer of its own: a call that is given up may still write.
            var found = new ArrayBufferWriter<byte>();
            var isThere = await server.TryGetAsync(key, found, token).AsTask().WaitAsync(Patience, clock, token);
            Answered();
            if (isThere) destination.Write(found.WrittenSpan);
            return isThere;
        }
        catch (Exception error) when (!token.IsCancellationRequested)
        {
            // Whatever ails it, the history has the answer.
            Failed(error);
            return false;
        }
    }

    public async ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        if (Rests) return;
        try
        {
            // Of a copy, for the same reason.
            await server.SetAsync(key, value.ToArray(), options, token).WaitAsync(Patience, clock, token);
            Answered();
        }
        catch (Exception error) when (!token.IsCancellationRequested)
        {
            // An answer that is not shared is read once more, by another gateway.
            Failed(error);
        }
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        var found = new ArrayBufferWriter<byte>();
        return await TryGetAsync(key, found, token) ? found.WrittenSpan.ToArray() : null;
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        SetAsync(key, new ReadOnlySequence<byte>(value), options, token).AsTask();

    // What follows is not called: answers are judged, never refreshed or removed, and nothing here waits on a thread.
    public byte[]? Get(string key) => throw new NotSupportedException();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public bool TryGet(string key, IBufferWriter<byte> destination) => throw new NotSupportedException();

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public void Dispose() => (server as IDisposable)?.Dispose();

    private void Answered()
    {
        lock (_gate)
        {
            if (!_isAway) return;
            _isAway = false;
        }

        LogBack();
    }

    private void Failed(Exception error)
    {
        bool isNews;
        lock (_gate)
        {
            isNews = !_isAway;
            (_isAway, _failedAt) = (true, clock.GetTimestamp());
        }

        if (isNews) LogAway(error.Message);
    }

    [LoggerMessage(LogLevel.Warning, "Redis (Cache:Redis) does not answer; answers come from the history until it does: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "Redis answers again.")]
    private partial void LogBack();
}
