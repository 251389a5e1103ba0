using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Tests;

/// <summary>Ticks to test with.</summary>
internal static class Prices
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static PriceTick Tick(int interval, double price, int published = 0, long sequence = 0, string location = "51288",
        PriceType type = PriceType.RealTime5Min, MarketZone zone = MarketZone.PJM) => new()
        {
            Timestamp = Noon.AddMinutes(interval * type.IntervalMinutes()),
            MarketZone = zone,
            PriceType = type,
            Location = location,
            IntervalMinutes = type.IntervalMinutes(),
            Price = price,
            PublishedAt = Noon.AddMinutes(interval * type.IntervalMinutes()).AddSeconds(90 + published),
            Sequence = sequence,
        };
}
