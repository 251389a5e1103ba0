using System.Collections.Concurrent;
using System.Net;
using OptiBid.Gateway.Live.Feeds;
using OptiBid.Grains.Interfaces;
using Orleans.Concurrency;

namespace OptiBid.Gateway.Tests.Fakes;

/// <summary>A cluster of silos that answer, or do not, as the test says.</summary>
internal sealed class MemoryFeeds : ILiveFeeds
{
    private readonly ConcurrentDictionary<SiloAddress, MemoryFeed> _feeds = new();

    public volatile bool IsAway;

    public MemoryFeed AddSilo(int number = 1)
    {
        var address = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_000 + number), number);
        return _feeds[address] = new MemoryFeed(address);
    }

    public void RemoveSilo(MemoryFeed feed) => _feeds.TryRemove(feed.Address, out _);

    public Task<IReadOnlyCollection<SiloAddress>> GetSilosAsync() =>
        IsAway ? throw new OrleansException("no gateway") : Task.FromResult<IReadOnlyCollection<SiloAddress>>([.. _feeds.Keys]);

    public ILiveFeedGrain GetFeed(SiloAddress silo) => _feeds[silo];

    public IPriceObserver Publish(IPriceObserver observer) => observer;
}

/// <summary>One silo's feed.</summary>
internal sealed class MemoryFeed(SiloAddress address) : ILiveFeedGrain
{
    private readonly ConcurrentDictionary<IPriceObserver, bool> _listeners = new();

    public SiloAddress Address => address;

    public volatile bool IsBroken;
    public volatile bool Hangs;

    /// <summary>Notices told, or lost on their way.</summary>
    public long Notices;

    public int Subscriptions;
    public int Snapshots;

    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    public List<PriceUpdate> Held { get; } = [];

    public int Listeners => _listeners.Count;

    public async Task<TimeSpan> SubscribeAsync(IPriceObserver observer, MarketZone[] zones)
    {
        if (Hangs) await Task.Delay(Timeout.Infinite);
        if (IsBroken) throw new OrleansException("silo is going away");
        Interlocked.Increment(ref Subscriptions);
        _listeners[observer] = true;
        return Lease;
    }

    public Task UnsubscribeAsync(IPriceObserver observer)
    {
        _listeners.TryRemove(observer, out _);
        return Task.CompletedTask;
    }

    public Task<Immutable<PriceUpdate[]>> SnapshotAsync(MarketZone[] zones)
    {
        Interlocked.Increment(ref Snapshots);
        return Task.FromResult(Held.ToArray().AsImmutable());
    }

    public void Push(params PriceUpdate[] updates)
    {
        foreach (var listener in _listeners.Keys) listener.OnPricesAsync(updates.AsImmutable());
    }

    public void Push(params QualityEvent[] findings)
    {
        foreach (var listener in _listeners.Keys) listener.OnQualityAsync(findings.AsImmutable());
    }

    public void Push(params Alert[] alerts)
    {
        foreach (var listener in _listeners.Keys) listener.OnAlertsAsync(alerts.AsImmutable());
    }

    /// <summary>Tells what was written, under the next number.</summary>
    public void Tell(params WrittenDays[] written)
    {
        var notice = new HistoryNotice { Silo = Address, Number = Interlocked.Increment(ref Notices), Written = written };
        foreach (var listener in _listeners.Keys) listener.OnHistoryAsync(notice);
    }

    /// <summary>The lease ran out unnoticed, or the observer was lost with its activation.</summary>
    public void Forget() => _listeners.Clear();
}
