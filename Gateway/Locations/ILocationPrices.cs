using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Locations;

/// <summary>Asks a location itself, which is the authority on its newest prices.</summary>
internal interface ILocationPrices
{
    /// <summary>The newest price of each price type. Only for locations that are known: asking brings the location to life.</summary>
    Task<PriceUpdate[]> GetNewestAsync(LocationId location);
}
