using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Zones;

/// <summary>
/// Figures of one price series of one zone, of the newest prices that the gateway shows; prices, changes and volatility in $/MWh.
/// </summary>
internal sealed record ZoneFigures
{
    /// <summary>Prices that moved most, up and down, each.</summary>
    public const int MoverCount = 5;

    public required MarketZone Zone { get; init; }

    public required PriceType Type { get; init; }

    /// <summary>Locations with a newest price.</summary>
    public required int Locations { get; init; }

    /// <summary>Of those, locations whose newest price is that of the newest interval.</summary>
    public required int Current { get; init; }

    public required double Average { get; init; }

    public required double Min { get; init; }

    public required double Max { get; init; }

    /// <summary>Mean of the locations' 24-hour volatility; null where none has one.</summary>
    public double? Volatility { get; init; }

    /// <summary>Start of the newest interval, UTC.</summary>
    public required DateTimeOffset Newest { get; init; }

    /// <summary>When the newest of these prices was published, UTC.</summary>
    public required DateTimeOffset LastUpdate { get; init; }

    /// <summary>The share of renewable generation that the newest price came with, percent.</summary>
    public double? RenewablePercentage { get; init; }

    /// <summary>The load forecast that the newest price came with, MW.</summary>
    public double? LoadForecast { get; init; }

    /// <summary>Prices of the newest interval with the largest rise against the interval before, largest first.</summary>
    public IReadOnlyList<LivePrice> Risen { get; init; } = [];

    /// <summary>The same with the largest fall.</summary>
    public IReadOnlyList<LivePrice> Fallen { get; init; } = [];

    /// <summary>Time from the end of the newest interval until now, seconds; negative for prices set ahead.</summary>
    public double Freshness(DateTimeOffset now) => Math.Round((now - Newest).TotalSeconds - 60 * Type.IntervalMinutes(), 1);

    /// <summary>The figures of every zone and price series that has a price.</summary>
    public static IReadOnlyList<ZoneFigures> Of(IEnumerable<LivePrice> prices) =>
        [.. prices.GroupBy(price => (price.Place.Id.Zone, price.Type)).OrderBy(group => group.Key.Zone).ThenBy(group => group.Key.Type).Select(group => Of(group.Key.Zone, group.Key.Type, [.. group]))];

    private static ZoneFigures Of(MarketZone zone, PriceType type, LivePrice[] prices)
    {
        var newest = prices.Max(price => price.Update.Tick.Timestamp);
        var current = prices.Where(price => price.Update.Tick.Timestamp == newest).ToArray();
        var latest = current.MaxBy(price => price.Update.Tick.PublishedAt)!.Update.Tick;
        var moved = current.Where(price => price.Update.Change is not null and not 0).OrderBy(price => price.Update.Change).ToArray();
        return new()
        {
            Zone = zone,
            Type = type,
            Locations = prices.Length,
            Current = current.Length,
            Average = prices.Average(price => price.Update.Tick.Price),
            Min = prices.Min(price => price.Update.Tick.Price),
            Max = prices.Max(price => price.Update.Tick.Price),
            Volatility = prices.Average(price => price.Update.Volatility24h),
            Newest = newest,
            LastUpdate = prices.Max(price => price.Update.Tick.PublishedAt),
            RenewablePercentage = latest.RenewablePercentage,
            LoadForecast = latest.LoadForecast,
            Risen = [.. moved.Reverse().TakeWhile(price => price.Update.Change > 0).Take(MoverCount)],
            Fallen = [.. moved.TakeWhile(price => price.Update.Change < 0).Take(MoverCount)],
        };
    }
}
