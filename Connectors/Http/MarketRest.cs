namespace OptiBid.Connectors.Http;

/// <summary>The rest a market has asked for: until it is over, none of the zone's feeds calls.</summary>
internal sealed class MarketRest(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _until = DateTimeOffset.MinValue;

    /// <summary>What is left of it; zero or less when there is none.</summary>
    public TimeSpan Left
    {
        get
        {
            lock (_lock) return _until - clock.GetUtcNow();
        }
    }

    /// <summary>Notes that the market asked to be left alone.</summary>
    public void Take(TimeSpan rest)
    {
        var until = clock.GetUtcNow() + rest;
        lock (_lock) _until = until > _until ? until : _until;
    }
}
