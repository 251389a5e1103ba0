using OptiBid.Gateway.Api.Output;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>Differences of prices. Plain arithmetic over ticks.</summary>
internal static class Spreads
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The newest real-time price: of the latest interval, and of the shortest where several start together.</summary>
    public static PriceTick? NewestRealTime(IEnumerable<PriceUpdate> newest)
    {
        PriceTick? best = null;
        foreach (var (tick, _, _, _, _) in newest)
        {
            if (tick.PriceType.IsDayAhead()) continue;
            if (best is not { } other || tick.Timestamp > other.Timestamp
                || tick.Timestamp == other.Timestamp && tick.IntervalMinutes < other.IntervalMinutes)
            {
                best = tick;
            }
        }

        return best;
    }

    /// <summary>Start of the day-ahead hour that covers a time. Every market's clock is whole hours from UTC.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % Hour.Ticks, TimeSpan.Zero);

    /// <summary>Day-ahead minus real-time (DART); null unless the day-ahead price is of the hour that covers the interval.</summary>
    public static DartSpread? Dart(in PriceTick realTime, PriceTick? dayAhead) =>
        dayAhead is { } hour && hour.Timestamp == HourOf(realTime.Timestamp)
            ? new DartSpread(hour.Price - realTime.Price, hour.Price, realTime.Price, realTime.PriceType.Name(), realTime.Timestamp.UtcDateTime)
            : null;

    /// <summary>The location minus its hub; null unless both are of one series and interval.</summary>
    public static Basis? Basis(in PriceTick location, PriceTick? hub) =>
        hub is { } other && other.PriceType == location.PriceType && other.Timestamp == location.Timestamp
            ? new Basis(location.Price - other.Price, other.Location, location.Price, other.Price, location.PriceType.Name(), location.Timestamp.UtcDateTime)
            : null;

    /// <summary>The revised price that was published last.</summary>
    public static LastRevision? LastRevision(IEnumerable<PriceUpdate> newest) => newest
        .Select(static update => update.Tick)
        .Where(static tick => tick.Revision > 1)
        .OrderByDescending(static tick => tick.PublishedAt)
        .Select(static tick => new LastRevision(tick.PriceType.Name(), tick.Timestamp.UtcDateTime, tick.Revision, tick.Price, tick.PublishedAt.UtcDateTime))
        .FirstOrDefault();
}
