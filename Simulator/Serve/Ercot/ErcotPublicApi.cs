using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>Price reports of the public API: pages of positional arrays, the newest day first.</summary>
internal sealed class ErcotPublicApi(ServedMarket market)
{
    private static readonly Dictionary<string, ApiReport> Reports = new ApiReport[]
    {
        new(
            PriceFeeds.ErcotSettlement,
            new("np6-905-cd/spp_node_zone_hub", 12301, "Settlement Point Prices at Resource Nodes, Hubs and Load Zones", "deliveryDate: DESC,deliveryHour: ASC,deliveryInterval: ASC",
            [
                ("deliveryDate", "Delivery Date", "DATE"), ("deliveryHour", "Delivery Hour", "INTEGER"), ("deliveryInterval", "Delivery Interval", "INTEGER"),
                ("settlementPoint", "Settlement Point Name", "VARCHAR"), ("settlementPointType", "Settlement Point Type", "VARCHAR"),
                ("settlementPointPrice", "Settlement Point Price", "DOUBLE"), ("DSTFlag", "DST Flag", "BOOLEAN"),
            ]),
            (place, version) =>
            [
                Day(version.Start), Cell.Number(ErcotTimes.Hour(version.Start).Hour), Cell.Number(QuarterHour.FromUtc(version.Start, MarketClocks.Central).Quarter),
                Cell.Of(place.Name), Cell.Of(ErcotPoint.Kind(place)), Price(version), Cell.Flag(ErcotTimes.IsRepeated(version.Start)),
            ]),
        new(
            PriceFeeds.ErcotDispatch,
            new("np6-788-cd/lmp_node_zone_hub", 12300, "LMPs by Resource Nodes, Load Zones and Trading Hubs", "SCEDTimestamp: DESC,settlementPoint: ASC",
            [
                ("SCEDTimestamp", "SCED Time Stamp", "TIMESTAMP"), ("repeatHourFlag", "Repeat Hour Flag", "BOOLEAN"), ("settlementPoint", "Settlement Point", "VARCHAR"), ("LMP", "LMP", "DOUBLE"),
            ]),
            (place, version) => Dispatch(PriceFeeds.DispatchRun(version.Start), place, version)),
        new(
            PriceFeeds.ErcotDayAhead,
            new("np4-190-cd/dam_stlmnt_pnt_prices", 12331, "DAM Settlement Point Prices", "deliveryDate: DESC,hourEnding: ASC,settlementPoint: ASC",
            [
                ("deliveryDate", "Delivery Date", "DATE"), ("hourEnding", "Hour Ending", "VARCHAR"), ("settlementPoint", "Settlement Point", "VARCHAR"),
                ("settlementPointPrice", "Settlement Point Price", "DOUBLE"), ("DSTFlag", "DST Flag", "BOOLEAN"),
            ]),
            (place, version) =>
            [
                Day(version.Start), Cell.Of($"{ErcotTimes.Hour(version.Start).Hour:00}:00"), Cell.Of(place.Name), Price(version), Cell.Flag(ErcotTimes.IsRepeated(version.Start)),
            ]),
    }.ToDictionary(report => report.Envelope.Path, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether there is a report of a name.</summary>
    public static bool Has(string path) => Reports.ContainsKey(path);

    /// <summary>A page.</summary>
    public Answer Page(MarketCall call, string path)
    {
        var report = Reports[path];
        if (Starts(call, report.Feed) is not { } starts) return ErcotEnvelope.Bad("a date or time cannot be read");

        var (wanted, kind) = (call.Parameter("settlementPoint"), call.Parameter("settlementPointType"));
        ServedPlace[] places =
        [
            .. market.Places(report.Feed.Type)
                .Where(place => (wanted is null || place.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) && (kind is null || ErcotPoint.Kind(place).Equals(kind, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(place => place.Name, StringComparer.Ordinal),
        ];
        var rows = new PriceRows(market, report.Feed, places, starts, PriceRows.Newest);
        return report.Envelope.Page(call, rows.Total, (skip, take) => rows.Page(skip, take).Select(row => report.Row(row.Place, row.Version)));
    }

    /// <summary>The intervals asked for, in the order of the rows; the last week's where none are. Null when a bound cannot be read.</summary>
    private static IEnumerable<DateTimeOffset>? Starts(MarketCall call, PriceFeed feed)
    {
        var today = MarketDay.Of(call.Now, MarketZone.ERCOT);
        if (feed == PriceFeeds.ErcotDispatch)
        {
            if (!ErcotApiTimes.TryTime(call, "SCEDTimestampFrom", isEnd: false, out var from) || !ErcotApiTimes.TryTime(call, "SCEDTimestampTo", isEnd: true, out var to)) return null;
            var first = from ?? MarketDay.Start(today.AddDays(-7), MarketClocks.Central);
            var last = Instants.Earlier(to ?? call.Now, call.Now);
            // A run is some seconds off the interval it stands for.
            return MarketDay.Between(first.AddMinutes(-1), last.AddSeconds(1), feed.Interval).Where(start => PriceFeeds.DispatchRun(start) is var run && run >= first && run <= last).Reverse();
        }

        if (!ErcotApiTimes.TryDay(call, "deliveryDateFrom", today.AddDays(-7), out var firstDay) || !ErcotApiTimes.TryDay(call, "deliveryDateTo", today.AddDays(1), out var lastDay)
            || !TryHour(call, "deliveryHourFrom", 1, out var firstHour) || !TryHour(call, "deliveryHourTo", 24, out var lastHour))
        {
            return null;
        }

        if (lastDay > today.AddDays(2)) lastDay = today.AddDays(2);
        var days = lastDay < firstDay ? [] : Enumerable.Range(0, lastDay.DayNumber - firstDay.DayNumber + 1).Select(i => lastDay.AddDays(-i));
        // The repeated hour may come before the first.
        return days.SelectMany(day => MarketDay.Intervals(day, MarketClocks.Central, feed.Interval).Where(start => ErcotTimes.Hour(start).Hour is var hour && hour >= firstHour && hour <= lastHour)
            .OrderBy(start => ErcotTimes.Hour(start).Hour).ThenByDescending(ErcotTimes.IsRepeated).ThenBy(start => start));
    }

    private static bool TryHour(MarketCall call, string name, int usual, out int hour)
    {
        hour = usual;
        return call.Parameter(name) is not { } text || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out hour);
    }

    private static Cell[] Dispatch(DateTimeOffset run, ServedPlace place, PriceVersion version) =>
        [Cell.At(ErcotTimes.Central(run)), Cell.Flag(ErcotTimes.IsRepeated(run)), Cell.Of(place.Name), Price(version)];

    private static Cell Day(DateTimeOffset start) => Cell.Of(ErcotTimes.Hour(start).Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static Cell Price(PriceVersion version) => Cell.Number(version.Price, "0.##");

    private sealed record ApiReport(PriceFeed Feed, ErcotEnvelope Envelope, Func<ServedPlace, PriceVersion, Cell[]> Row);
}
