using Orleans.Concurrency;

namespace OptiBid.Grains.Interfaces;

/// <summary>
/// The door to one silo's live feed. Its key is the silo's address in parsable form, and it lives on that
/// silo: a gateway subscribes with each silo, so that a price goes straight from the silo that holds its
/// location to the gateways that want its zone.
/// </summary>
[Alias("optibid.ILiveFeedGrain")]
public interface ILiveFeedGrain : IGrainWithStringKey
{
    /// <summary>
    /// Subscribes, or renews the lease of, a gateway. Updates accepted after this call has returned reach the observer.
    /// </summary>
    /// <param name="observer">The gateway's observer.</param>
    /// <param name="zones">The zones it wants.</param>
    /// <returns>How long the lease lasts; renew well before.</returns>
    [Alias("Subscribe")]
    Task<TimeSpan> SubscribeAsync(IPriceObserver observer, MarketZone[] zones);

    /// <summary>Ends a gateway's subscription.</summary>
    [Alias("Unsubscribe")]
    Task UnsubscribeAsync(IPriceObserver observer);

    /// <summary>The newest prices this silo has published for the zones.</summary>
    [Alias("Snapshot")]
    Task<Immutable<PriceUpdate[]>> SnapshotAsync(MarketZone[] zones);
}
