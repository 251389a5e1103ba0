using OptiBid.Grains.Interfaces;

namespace OptiBid.Cluster.Tests;

/// <summary>Made-up prices whose every value says which location and interval it belongs to.</summary>
internal static class Series
{
    public static readonly MarketZone[] Zones = [MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT];

    /// <summary>Start of the last whole five-minute interval.</summary>
    public static DateTimeOffset Now()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.FromMinutes(5).Ticks, TimeSpan.Zero);
    }

    /// <summary>One interval of all locations of all zones.</summary>
    /// <param name="start">Interval start, UTC.</param>
    /// <param name="number">Number of the interval; in the price.</param>
    /// <param name="locations">Locations per zone.</param>
    public static IEnumerable<PriceTick> Interval(DateTimeOffset start, int number, int locations) =>
        from zone in Zones
        from location in Enumerable.Range(0, locations)
        select new PriceTick
        {
            Timestamp = start,
            MarketZone = zone,
            PriceType = PriceType.RealTime5Min,
            Location = $"node-{location}",
            IntervalMinutes = 5,
            Price = Price(location, number),
            PublishedAt = start.AddSeconds(90),
            Source = "test",
        };

    public static double Price(int location, int number) => location + number / 1000.0;
}
