using System.Collections.Frozen;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Pjm;

/// <summary>
/// The places as the directory feed has last read them. Price rows give only a station's short name, which several places share,
/// so what the directory says goes before it. For any number of callers.
/// </summary>
internal sealed class PjmPlaces
{
    /// <summary>
    /// WESTERN HUB: the most traded point of PJM, against which prices in PJM are customarily quoted. PJM itself assigns no hub to
    /// its zones, aggregates and buses.
    /// </summary>
    public const string WesternHub = "51288";

    private volatile FrozenDictionary<string, MarketLocation> _known = FrozenDictionary<string, MarketLocation>.Empty;

    /// <summary>The hub that a place's basis is taken against; null for that hub itself.</summary>
    public static string? HubOf(string place) => place == WesternHub ? null : WesternHub;

    /// <summary>The place; null where the directory has not been read, or lacks it.</summary>
    public MarketLocation? Find(string place) => _known.GetValueOrDefault(place);

    /// <summary>Takes what the directory says in place of what it said before.</summary>
    public void Learn(IEnumerable<MarketLocation> places) => _known = places.ToFrozenDictionary(place => place.Id.Location, StringComparer.Ordinal);
}
