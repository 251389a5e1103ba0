namespace OptiBid.History.Writing;

/// <summary>What the writers of one silo know together about whether the store answers.</summary>
internal sealed class StoreOutage(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private long? _since;

    /// <summary>How long the store has been away; null while it answers.</summary>
    public TimeSpan? Lasting
    {
        get
        {
            lock (_gate) return _since is { } since ? clock.GetElapsedTime(since) : null;
        }
    }

    /// <summary>A write failed. True when it is the first of this outage.</summary>
    public bool Failed()
    {
        lock (_gate)
        {
            if (_since is not null) return false;

            _since = clock.GetTimestamp();
            return true;
        }
    }

    /// <summary>A write went through. Gives how long the outage it ended has lasted; null when there was none.</summary>
    public TimeSpan? Ended()
    {
        lock (_gate)
        {
            var lasted = _since is { } since ? clock.GetElapsedTime(since) : (TimeSpan?)null;
            _since = null;
            return lasted;
        }
    }
}
