namespace OptiBid.Streams.Kafka.Reading;

/// <summary>Wakes one waiter; set any number of times before it looks, it is woken once.</summary>
internal sealed class WakeSignal
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);
    private int _set;

    public void Set()
    {
        if (Interlocked.Exchange(ref _set, 1) == 0) _semaphore.Release();
    }

    /// <returns>False when nothing was signalled in time or the wait was cancelled.</returns>
    public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            if (!await _semaphore.WaitAsync(timeout, cancellationToken)) return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        // Cleared before the waiter looks at what it waited for, so a signal given while it looks wakes it again.
        Interlocked.Exchange(ref _set, 0);
        return true;
    }
}
