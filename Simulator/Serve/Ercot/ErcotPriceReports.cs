using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>The files of prices: dispatch runs, settlement points, day-ahead. Each is posted once, with the prices of its time.</summary>
internal sealed class ErcotPriceReports(ServedMarket market)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>All of them.</summary>
    public IEnumerable<ErcotReport> All() =>
    [
        new(12300, "LMPs by Resource Nodes, Load Zones and Trading Hubs", 5 * Day, Dispatch),
        new(12301, "Settlement Point Prices at Resource Nodes, Hubs and Load Zones", 5 * Day, Settlement),
        new(12331, "DAM Settlement Point Prices", 31 * Day, DayAhead) { Ahead = TimeSpan.Zero, After = 2 * Day },
    ];

    private IEnumerable<ErcotPosting> Dispatch(DateTimeOffset from, DateTimeOffset to)
    {
        var feed = PriceFeeds.ErcotDispatchFiles;
        foreach (var start in MarketDay.Between(from, to, feed.Interval))
        {
            var run = PriceFeeds.DispatchRun(start);
            yield return new(start, Posted(feed, start), Stamped("LMPSROSNODENP6788", run, "HHmmss"), () => new(
                ["SCEDTimestamp", "RepeatedHourFlag", "SettlementPoint", "LMP"],
                Rows(feed, start).Select(row => (Cell[])[ErcotTimes.Time(run), ErcotTimes.YesNo(run), Cell.Of(row.Place.Name), Cell.Number(row.Version.Price, "0.##")])));
        }
    }

    private IEnumerable<ErcotPosting> Settlement(DateTimeOffset from, DateTimeOffset to)
    {
        var feed = PriceFeeds.ErcotSettlementFiles;
        foreach (var start in MarketDay.Between(from, to, feed.Interval))
        {
            yield return new(start, Posted(feed, start), Stamped("SPPHLZNP6905", start + feed.Interval, "HHmm"), () => new(
                ["DeliveryDate", "DeliveryHour", "DeliveryInterval", "SettlementPointName", "SettlementPointType", "SettlementPointPrice", "DSTFlag"],
                Rows(feed, start).Select(row => (Cell[])
                [
                    ErcotTimes.Date(start), Cell.Number(ErcotTimes.Hour(start).Hour), Cell.Number(QuarterHour.FromUtc(start, MarketClocks.Central).Quarter),
                    Cell.Of(row.Place.Name), Cell.Of(ErcotPoint.Kind(row.Place)), Cell.Number(row.Version.Price, "0.##"), ErcotTimes.YesNo(start),
                ])));
        }
    }

    private IEnumerable<ErcotPosting> DayAhead(DateTimeOffset from, DateTimeOffset to)
    {
        var feed = PriceFeeds.ErcotDayAheadFiles;
        for (var day = MarketDay.Of(from, MarketZone.ERCOT); MarketDay.Start(day, MarketClocks.Central) < to; day = day.AddDays(1))
        {
            var start = MarketDay.Start(day, MarketClocks.Central);
            if (start < from) continue;
            DateTimeOffset[] hours = [.. MarketDay.Intervals(day, MarketClocks.Central, feed.Interval)];
            yield return new(start, hours.Max(hour => Posted(feed, hour)), "DAMSPNP4190", () => new(
                ["DeliveryDate", "HourEnding", "SettlementPoint", "SettlementPointPrice", "DSTFlag"],
                // The repeated hour may come before the first.
                hours.OrderBy(hour => ErcotTimes.Hour(hour).Hour).ThenByDescending(ErcotTimes.IsRepeated).SelectMany(hour => Rows(feed, hour).Select(row => (Cell[])
                [
                    ErcotTimes.Date(hour), Cell.Of($"{ErcotTimes.Hour(hour).Hour:00}:00"), Cell.Of(row.Place.Name), Cell.Number(row.Version.Price, "' '0.##;' '-0.##"), ErcotTimes.YesNo(hour),
                ]))));
        }
    }

    private DateTimeOffset Posted(PriceFeed feed, DateTimeOffset start) => market.PublishedAt(feed, market.Places(feed.Type)[0], start);

    private IEnumerable<(ServedPlace Place, PriceVersion Version)> Rows(PriceFeed feed, DateTimeOffset start)
    {
        foreach (var place in market.Places(feed.Type).OrderBy(place => place.Name, StringComparer.Ordinal))
        {
            if (market.Original(feed, place, start) is { } version) yield return (place, version);
        }
    }

    /// <summary>A friendly name with the time it stands for; in the repeated hour it says so.</summary>
    private static string Stamped(string name, DateTimeOffset instant, string time)
    {
        var local = ErcotTimes.Central(instant);
        return $"{name}_{local.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}_{local.ToString(time, CultureInfo.InvariantCulture)}" + (ErcotTimes.IsRepeated(instant) ? "_xhr" : "");
    }
}
