using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Live.Feeds;

/// <summary>The live feeds by way of Orleans.</summary>
internal sealed class ClusterLiveFeeds(IGrainFactory grains) : ILiveFeeds
{
    public async Task<IReadOnlyCollection<SiloAddress>> GetSilosAsync()
    {
        var hosts = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        return hosts.Keys;
    }

    public ILiveFeedGrain GetFeed(SiloAddress silo) => grains.GetGrain<ILiveFeedGrain>(silo.ToParsableString());

    public IPriceObserver Publish(IPriceObserver observer) => grains.CreateObjectReference<IPriceObserver>(observer);
}
