using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Locations;

/// <summary>Finds the location that a caller names: by the market's id, or by a name that only one location of the zone bears.</summary>
internal sealed class LocationResolver(LivePrices prices, LocationCatalog catalog)
{
    /// <summary>True when the directory has been read, so that what is not found is not there.</summary>
    public bool KnowsAll => catalog.IsLoaded;

    /// <summary>The locations of a zone that a text may mean: one when it is clear, none when nobody knows it.</summary>
    public IReadOnlyList<LocationId> Resolve(MarketZone zone, string text)
    {
        var id = new LocationId(zone, text);
        if (prices.Find(id) is not null || catalog.Find(id) is not null) return [id];
        return [.. catalog.Named(text).Where(location => location.Id.Zone == zone).Select(static location => location.Id)];
    }

    /// <summary>
    /// The locations that a filter's texts mean, in any of the zones. A text that nobody knows stands for the id
    /// it would be, which may appear later.
    /// </summary>
    public IEnumerable<LocationId> ResolveAll(ZoneSet zones, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            foreach (var zone in zones.Enumerate())
            {
                var found = Resolve(zone, text);
                yield return found.Count == 1 ? found[0] : new LocationId(zone, text);
            }
        }
    }

    /// <summary>What the directory knows of a location.</summary>
    public MarketLocation? Describe(LocationId id) => catalog.Find(id);
}
