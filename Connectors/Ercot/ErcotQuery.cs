using System.Globalization;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>What a query of the public API says of the range wanted. It may answer with more, which is sorted out by row.</summary>
internal static class ErcotQuery
{
    private static readonly TimeSpan HalfAnInterval = TimeSpan.FromSeconds(150);

    /// <summary>The parameters of a range, without those of the page.</summary>
    /// <param name="product">The product.</param>
    /// <param name="range">The range.</param>
    /// <param name="now">When.</param>
    public static (string Name, string? Value)[] Of(ErcotProduct product, FeedRange range, DateTimeOffset now)
    {
        if (product.IsCorrection) return [("priceCorrectionTimeFrom", ErcotLabels.Time(Early(range.From)))];

        var end = range.To ?? Instants.Later(now, range.From) + product.Ahead;
        if (product.Shape == ErcotShape.Runs)
        {
            return [("SCEDTimestampFrom", ErcotLabels.Time(Early(range.From - HalfAnInterval))), ("SCEDTimestampTo", ErcotLabels.Time(Late(end + HalfAnInterval)))];
        }

        var (first, last) = (ErcotLabels.Day(range.From), ErcotLabels.Day(range.To?.AddTicks(-1) ?? end));
        // Within one day the hours that are not wanted need not be sent.
        var isOneDay = product.Shape == ErcotShape.Quarters && first == last;
        return
        [
            ("deliveryDateFrom", first),
            ("deliveryDateTo", last),
            ("deliveryHourFrom", isOneDay ? Hour(range.From) : null),
            ("deliveryHourTo", isOneDay && range.To is { } to ? Hour(to.AddTicks(-1)) : null),
        ];
    }

    private static string Hour(DateTimeOffset instant) => HourEnding.FromUtc(instant, MarketClocks.Central).Hour.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where the clock shows the same hour twice, a bound written in its time must take in both.</summary>
    private static DateTimeOffset Early(DateTimeOffset instant) => IsAmbiguous(instant) ? instant.AddHours(-1) : instant;

    private static DateTimeOffset Late(DateTimeOffset instant) => IsAmbiguous(instant) ? instant.AddHours(1) : instant;

    private static bool IsAmbiguous(DateTimeOffset instant) =>
        MarketClocks.Central.IsAmbiguousTime(WallClock.FromUtc(instant, MarketClocks.Central).Local);
}
