using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;

namespace OptiBid.Grains.Validation;

/// <summary>
/// Bounds how many locations of a zone this silo knows: each costs a grain, a place in the live feed and a series in
/// the history, and a producer gone wrong can make names up without end.
/// </summary>
internal sealed class LocationLimit(IOptions<MarketRulesOptions> options)
{
    private readonly Zone[] _zones = [.. MarketZones.All.Select(_ => new Zone())];
    private readonly int _most = options.Value.MaxLocations;

    /// <summary>Lets a location in: one that is known, or for which there is room.</summary>
    /// <exception cref="PriceFormatException">The zone is full and the location not known.</exception>
    public void Admit(MarketZone zone, string location)
    {
        var known = _zones[(int)zone - 1];
        if (known.Locations.ContainsKey(location)) return;

        // Counted before it is kept: several partitions are read at once.
        if (Interlocked.Increment(ref known.Count) <= _most)
        {
            if (!known.Locations.TryAdd(location, 0)) Interlocked.Decrement(ref known.Count);
            return;
        }

        Interlocked.Decrement(ref known.Count);
        throw new PriceFormatException("location", $"\"{location}\" is new, and {zone} already has the {_most} locations that {MarketRulesOptions.Section}:MaxLocations allows");
    }

    private sealed class Zone
    {
        public int Count;

        public ConcurrentDictionary<string, byte> Locations { get; } = new(StringComparer.Ordinal);
    }
}
