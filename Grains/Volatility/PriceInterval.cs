using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Volatility;

/// <summary>What a series keeps of one interval's price. 40 bytes: a location keeps a day of them.</summary>
internal struct PriceInterval
{
    public long StartTicks;
    public double Price;
    public long PublishedTicks;
    public long Sequence;
    public int ComponentsHash;
    public int Revision;

    public static PriceInterval From(in PriceTick tick) => new()
    {
        StartTicks = tick.Timestamp.UtcTicks,
        Price = tick.Price,
        PublishedTicks = tick.PublishedAt.UtcTicks,
        Sequence = tick.Sequence,
        ComponentsHash = PriceComponents.Hash(tick.EnergyCost, tick.CongestionCost, tick.LossCost),
        Revision = tick.Revision,
    };

    public readonly bool HasSameValue(in PriceInterval other) =>
        Price.Equals(other.Price) && ComponentsHash == other.ComponentsHash;

    public readonly bool IsPublishedAfter(in PriceInterval other) =>
        PublishedTicks != other.PublishedTicks ? PublishedTicks > other.PublishedTicks : Sequence > other.Sequence;
}
