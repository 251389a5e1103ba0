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
    /// <exception cref="ArgumentException">A tick is of another location, or breaks a rule of the market.</exception>
    [Alias("Apply")]
    Task<LocationTurn> ApplyAsync(Immutable<PriceTick[]> ticks);

    /// <summary>The newest price of each price type seen; empty when the location has none yet.</summary>
    [Alias("GetNewest")]
    Task<Immutable<PriceUpdate[]>> GetNewestAsync();

    /// <summary>Asks the location to move, with all it knows, to the silo that reads its partition.</summary>
    [OneWay]
    [Alias("MoveTo")]
    Task MoveToAsync(SiloAddress silo);
}
