using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Live.Feeds;

/// <summary>
/// The gateway's subscription with one silo. Subscribes first and takes the snapshot then, so that nothing falls
/// between; renews at a third of the lease; takes the snapshot anew after a lease may have run out, and now and
/// then in any case, because a one-way message may be lost.
/// </summary>
internal sealed class FeedLink(ILiveFeedGrain feed, IPriceObserver observer, LivePrices prices, LiveOptions options, TimeProvider clock, Action? listensAnew = null)
{
    private static readonly MarketZone[] Zones = [.. MarketZones.All];

    private long _snapshotAt;
    private DateTimeOffset _renewAt = DateTimeOffset.MinValue;
    private DateTimeOffset _leaseEnd = DateTimeOffset.MinValue;
    private DateTimeOffset _snapshotDue = DateTimeOffset.MinValue;

    /// <summary>True while the lease runs and a snapshot has been taken under it.</summary>
    public bool IsUp => Volatile.Read(ref _snapshotAt) != 0 && clock.GetUtcNow() < _leaseEnd;

    /// <summary>Does what is due; nothing when nothing is.</summary>
    public async Task VisitAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now >= _renewAt)
        {
            var isAnew = now >= _leaseEnd;
            if (isAnew) _snapshotDue = DateTimeOffset.MinValue;
            var lease = await feed.SubscribeAsync(observer, Zones).WaitAsync(options.CallTimeout, clock, cancellationToken);
            if (isAnew) listensAnew?.Invoke();
            _leaseEnd = now + lease;
            _renewAt = now + lease / 3;
        }

        if (now >= _snapshotDue)
        {
            var snapshot = await feed.SnapshotAsync(Zones).WaitAsync(options.CallTimeout, clock, cancellationToken);
            prices.Accept(snapshot.Value);
            _snapshotDue = now + options.SnapshotInterval;
            Volatile.Write(ref _snapshotAt, now.UtcTicks);
        }
    }

    public Task UnsubscribeAsync() => feed.UnsubscribeAsync(observer).WaitAsync(options.CallTimeout, clock);
}
