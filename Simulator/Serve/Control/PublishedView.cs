using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Control;

/// <summary>A published value as the control interface shows it, times UTC, prices $/MWh.</summary>
internal sealed record PublishedView(
    DateTimeOffset Timestamp, MarketZone MarketZone, PriceType PriceType, string Location, double Price, double? EnergyCost, double? CongestionCost, double? LossCost,
    int Version, DateTimeOffset PublishedAt)
{
    /// <summary>
    /// Every value version of a market and a price series that was out by now, of the intervals that start from an instant,
    /// included, to another, excluded; by interval, place and version.
    /// </summary>
    public static IEnumerable<PublishedView> All(ServedMarket market, PriceType type, DateTimeOffset from, DateTimeOffset to)
    {
        var now = market.Now;
        foreach (var start in MarketDay.Between(from, to, TimeSpan.FromMinutes(type.IntervalMinutes())))
        {
            foreach (var place in market.Places(type))
            {
                foreach (var version in market.Series(type, place, start))
                {
                    if (version.PublishedAt > now) break;
                    yield return new(
                        start, market.Zone, type, place.Location, version.Price, version.Energy, version.Congestion, version.Loss, version.Version, version.PublishedAt);
                }
            }
        }
    }
}
