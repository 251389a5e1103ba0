using Orleans.Concurrency;

namespace OptiBid.Grains.Interfaces;

/// <summary>
/// The authority on one market location; its key is <see cref="LocationId.ToString"/>. Holds the newest price
/// of each price type and the rolling windows behind its volatility.
/// </summary>
[Alias("optibid.ILocationGrain")]
public interface ILocationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Applies ticks of this location, in the order given: duplicates are dropped, revisions and late ticks
    /// taken in. Applying the same ticks again changes nothing.
    /// </summary>
    [Alias("Apply")]
    Task<TickOutcome[]> ApplyAsync(Immutable<PriceTick[]> ticks);

    /// <summary>The newest price of each price type seen; empty when the location has none yet.</summary>
    [Alias("GetNewest")]
    Task<Immutable<PriceUpdate[]>> GetNewestAsync();
}
