using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Live.Feeds;

/// <summary>The cluster's live feeds, as a gateway sees them.</summary>
internal interface ILiveFeeds
{
    /// <summary>The active silos.</summary>
    Task<IReadOnlyCollection<SiloAddress>> GetSilosAsync();

    /// <summary>The door to a silo's feed.</summary>
    ILiveFeedGrain GetFeed(SiloAddress silo);

    /// <summary>Makes an observer callable from the cluster, for as long as the caller keeps the observer itself.</summary>
    IPriceObserver Publish(IPriceObserver observer);
}
