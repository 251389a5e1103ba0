using OptiBid.Grains.Interfaces;
using Orleans.Concurrency;

namespace OptiBid.Grains.Live;

/// <summary>The door of its silo's <see cref="LiveFeed"/>.</summary>
[OnNamedSilo]
[Reentrant]
internal sealed class LiveFeedGrain(LiveFeed feed) : Grain, ILiveFeedGrain
{
    public Task<TimeSpan> SubscribeAsync(IPriceObserver observer, MarketZone[] zones)
    {
        feed.Subscribe(observer, zones);
        return Task.FromResult(LiveFeed.Lease);
    }

    public Task UnsubscribeAsync(IPriceObserver observer)
    {
        feed.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    public Task<Immutable<PriceUpdate[]>> SnapshotAsync(MarketZone[] zones) => Task.FromResult(feed.Snapshot(zones).AsImmutable());
}
