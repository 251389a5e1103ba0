using System.Collections.Concurrent;
using OptiBid.Gateway.Locations;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Fakes;

/// <summary>Location grains; keeps whom it was asked for.</summary>
internal sealed class MemoryLocations : ILocationPrices
{
    public ConcurrentDictionary<LocationId, PriceUpdate[]> Newest { get; } = new();

    public ConcurrentQueue<LocationId> Asked { get; } = new();

    public volatile bool IsAway;

    public Task<PriceUpdate[]> GetNewestAsync(LocationId location)
    {
        Asked.Enqueue(location);
        return IsAway ? throw new SiloUnavailableException("silo 10.0.0.7 is dead") : Task.FromResult(Newest.GetValueOrDefault(location) ?? []);
    }
}
