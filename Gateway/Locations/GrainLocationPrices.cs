using System.Collections.Concurrent;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Locations;

/// <summary>Locations by way of their grains. Keeps the references, which cost more to make than to use.</summary>
internal sealed class GrainLocationPrices(IGrainFactory grains) : ILocationPrices
{
    private readonly ConcurrentDictionary<LocationId, ILocationGrain> _known = new();

    public async Task<PriceUpdate[]> GetNewestAsync(LocationId location)
    {
        var grain = _known.GetOrAdd(location, static (id, grains) => grains.GetGrain<ILocationGrain>(id.ToString()), grains);
        return (await grain.GetNewestAsync()).Value;
    }
}
