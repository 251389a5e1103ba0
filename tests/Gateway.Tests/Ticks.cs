using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests;

internal static class Ticks
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static PriceTick Tick(
        string location = "A", double price = 30, int interval = 0, MarketZone zone = MarketZone.PJM, PriceType type = PriceType.RealTime5Min, int revision = 1)
    {
        var start = Noon.AddMinutes(interval * type.IntervalMinutes());
        return new PriceTick
        {
            Timestamp = start,
            MarketZone = zone,
            PriceType = type,
            Location = location,
            IntervalMinutes = type.IntervalMinutes(),
            Price = price,
            PublishedAt = start.AddMinutes(1).AddSeconds(revision),
            Revision = revision,
            Source = "test:feed",
        };
    }

    public static PriceUpdate Update(
        string location = "A", double price = 30, int interval = 0, MarketZone zone = MarketZone.PJM, PriceType type = PriceType.RealTime5Min, int revision = 1,
        double? change = null, double? volatility = null) =>
        new(Tick(location, price, interval, zone, type, revision), change, volatility, null, null);
}
