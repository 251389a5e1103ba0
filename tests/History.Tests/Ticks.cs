namespace OptiBid.History.Tests;

/// <summary>Ticks for tests.</summary>
internal static class Ticks
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static PriceTick At(
        int interval = 0, double price = 30, int published = 0, string location = "51288", MarketZone zone = MarketZone.PJM,
        PriceType type = PriceType.RealTime5Min, long sequence = 0, int revision = 0) => new()
        {
            Timestamp = Noon.AddMinutes(interval * type.IntervalMinutes()),
            MarketZone = zone,
            PriceType = type,
            Location = location,
            IntervalMinutes = type.IntervalMinutes(),
            Price = price,
            PublishedAt = Noon.AddMinutes((interval * type.IntervalMinutes()) + published),
            Sequence = sequence,
            Revision = revision,
            Source = "test:feed",
        };

    public static PriceQuery Everything => new() { Start = Noon.AddDays(-400), End = Noon.AddDays(400) };

    /// <summary>The tick as the stores give it back: revision at least 1, published_at to the microsecond.</summary>
    public static PriceTick Stored(this PriceTick tick) => tick with
    {
        Revision = Math.Max(1, tick.Revision),
        PublishedAt = new(tick.PublishedAt.UtcTicks / 10 * 10, TimeSpan.Zero),
    };
}
