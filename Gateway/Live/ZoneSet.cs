using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Live;

/// <summary>A set of zones in one byte: asked once per price and connection.</summary>
internal readonly record struct ZoneSet(byte Bits)
{
    public static readonly ZoneSet None = new(0);
    public static readonly ZoneSet All = Of(MarketZones.All);

    public bool IsEmpty => Bits == 0;

    public static ZoneSet Of(IEnumerable<MarketZone> zones) => zones.Aggregate(None, static (set, zone) => set.With(zone));

    public bool Contains(MarketZone zone) => (Bits & Bit(zone)) != 0;

    public ZoneSet With(MarketZone zone) => new((byte)(Bits | Bit(zone)));

    public ZoneSet Without(MarketZone zone) => new((byte)(Bits & ~Bit(zone)));

    public ZoneSet And(ZoneSet other) => new((byte)(Bits & other.Bits));

    public IEnumerable<MarketZone> Enumerate() => MarketZones.All.Where(Contains);

    private static byte Bit(MarketZone zone) => (byte)(1 << ((int)zone - 1));
}
