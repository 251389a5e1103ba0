using System.Collections.Frozen;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Locations;

/// <summary>The location directory in memory: names and types for every price shown, and names that resolve.</summary>
internal sealed class LocationCatalog
{
    private volatile Content? _content;

    /// <summary>Raised when the content is another than before.</summary>
    public event Action? Changed;

    /// <summary>False until the directory has been read once.</summary>
    public bool IsLoaded => _content is not null;

    public int Count => _content?.ById.Count ?? 0;

    public MarketLocation? Find(LocationId id) => _content?.ById.GetValueOrDefault(id);

    /// <summary>Locations of a name, in any case.</summary>
    public IReadOnlyList<MarketLocation> Named(string name) => _content?.ByName.GetValueOrDefault(name) ?? [];

    /// <summary>Replaces the content.</summary>
    /// <returns>True when it differs.</returns>
    public bool Load(IReadOnlyCollection<MarketLocation> locations)
    {
        if (_content is { } known && known.ById.Count == locations.Count
            && locations.All(location => location.Equals(known.ById.GetValueOrDefault(location.Id))))
        {
            return false;
        }

        _content = new Content(
            locations.ToFrozenDictionary(static location => location.Id),
            locations.GroupBy(static location => location.Name, StringComparer.OrdinalIgnoreCase)
                .ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.OrdinalIgnoreCase));
        Changed?.Invoke();
        return true;
    }

    private sealed record Content(
        FrozenDictionary<LocationId, MarketLocation> ById, FrozenDictionary<string, MarketLocation[]> ByName);
}
