using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Live;

/// <summary>Which prices a reader wants and may see.</summary>
internal sealed class PriceFilter
{
    private readonly byte _types;

    /// <param name="zones">The zones.</param>
    /// <param name="locations">The locations; null for all.</param>
    /// <param name="types">The price types; none for all.</param>
    public PriceFilter(ZoneSet zones, IEnumerable<LocationId>? locations = null, IEnumerable<PriceType>? types = null)
    {
        Zones = zones;
        // Most filters name a few and live for one call, for which a frozen set costs more than it gives.
        Locations = locations?.ToHashSet();
        _types = (types ?? []).Aggregate((byte)0, static (bits, type) => (byte)(bits | Bit(type)));
        if (_types == 0) _types = byte.MaxValue;
    }

    public ZoneSet Zones { get; }

    public IReadOnlySet<LocationId>? Locations { get; }

    public bool Contains(PriceType type) => (_types & Bit(type)) != 0;

    public bool Contains(LivePrice price) =>
        Zones.Contains(price.Place.Id.Zone) && Contains(price.Type) && (Locations is null || Locations.Contains(price.Place.Id));

    private static byte Bit(PriceType type) => (byte)(1 << ((int)type - 1));
}
