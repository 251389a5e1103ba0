using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Batches;

/// <summary>What both stores ask of a tick before it is sent to them.</summary>
internal static class TickText
{
    /// <summary>Throws when no store could keep the tick as it is.</summary>
    /// <exception cref="HistoryRejectedException">Names the tick and its fault.</exception>
    public static void Check(in PriceTick tick)
    {
        if (tick.MarketZone < MarketZone.PJM || (int)tick.MarketZone > MarketZones.All.Count) throw Refuse(tick, "its zone is not known");
        if (tick.PriceType < PriceType.RealTime5Min || (int)tick.PriceType > PriceTypes.All.Count) throw Refuse(tick, "its price type is not known");
        if (!StorableText.Is(tick.Location)) throw Refuse(tick, "its location is not text a store can hold");
        if (tick.Source is not null && !StorableText.Is(tick.Source)) throw Refuse(tick, "its source is not text a store can hold");
    }

    private static HistoryRejectedException Refuse(in PriceTick tick, string why) => new(
        $"The tick of zone {(int)tick.MarketZone}, location '{tick.Location?.Replace("\0", "\\0", StringComparison.Ordinal)}', interval {tick.Timestamp:O} cannot be stored: {why}.");
}
