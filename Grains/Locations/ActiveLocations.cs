using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Locations;

/// <summary>The locations that live on this silo, for those on it who may take the short way to them.</summary>
internal sealed class ActiveLocations
{
    private readonly ConcurrentDictionary<LocationId, LocationGrain> _locations = new();

    public int Count => _locations.Count;

    public void Add(LocationId id, LocationGrain grain) => _locations[id] = grain;

    /// <summary>Takes the activation off, unless a newer one has already taken its place.</summary>
    public void Remove(LocationId id, LocationGrain grain) => _locations.TryRemove(new(id, grain));

    public bool TryGet(LocationId id, [NotNullWhen(true)] out LocationGrain? grain) => _locations.TryGetValue(id, out grain);
}
