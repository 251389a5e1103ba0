using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Caching;

/// <summary>What an answer is made of: what is written elsewhere in the history does not change it.</summary>
/// <param name="Zones">The zones.</param>
/// <param name="PriceTypes">The price series; empty for all.</param>
/// <param name="Start">First interval start, UTC, inclusive.</param>
/// <param name="End">End of the interval starts, UTC, exclusive.</param>
internal sealed record HistoryScope(ZoneSet Zones, IReadOnlyList<PriceType> PriceTypes, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>First day, UTC, as its day number.</summary>
    public int FirstDay => DayOf(Start);

    /// <summary>Last day, UTC, as its day number.</summary>
    public int LastDay => DayOf(End);

    public static HistoryScope Of(PriceQuery query) =>
        new(query.Zones.Count == 0 ? ZoneSet.All : ZoneSet.Of(query.Zones), query.PriceTypes, query.Start, query.End);

    public bool Includes(MarketZone zone, PriceType type) => Zones.Contains(zone) && (PriceTypes.Count == 0 || PriceTypes.Contains(type));

    private static int DayOf(DateTimeOffset time) => (int)(time.UtcTicks / TimeSpan.TicksPerDay);
}
