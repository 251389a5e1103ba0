using OptiBid.Grains.Interfaces;
using Orleans.Concurrency;

namespace OptiBid.Grains.Live;

/// <summary>The door of its silo's <see cref="LiveFeed"/> and <see cref="GatewayListeners"/>.</summary>
[OnNamedSilo]
[Reentrant]
internal sealed class LiveFeedGrain(LiveFeed feed, GatewayListeners listeners) : Grain, ILiveFeedGrain
{
    public Task<TimeSpan> SubscribeAsync(IPriceObserver observer, MarketZone[] zones)
    {
        listeners.Subscribe(observer, zones);
        return Task.FromResult(GatewayListeners.Lease);
    }

    public Task UnsubscribeAsync(IPriceObserver observer)
    {
        listeners.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    public Task<Immutable<PriceUpdate[]>> SnapshotAsync(MarketZone[] zones) => Task.FromResult(feed.Snapshot(zones).AsImmutable());
}
