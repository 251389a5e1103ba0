using System.Globalization;
using System.Text;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>Price reports of the public API: pages of positional arrays, the newest day first.</summary>
internal sealed class ErcotPublicApi(ServedMarket market)
{
    private const string Json = "application/json";
    private const int MostRows = 1_000_000;

    private static readonly Dictionary<string, ApiReport> Reports = new(StringComparer.OrdinalIgnoreCase)
    {
        ["np6-905-cd/spp_node_zone_hub"] = new(
            PriceFeeds.ErcotSettlement, 12301, "Settlement Point Prices at Resource Nodes, Hubs and Load Zones", "deliveryDate: DESC,deliveryHour: ASC,deliveryInterval: ASC",
            [("deliveryDate", "Delivery Date", "DATE"), ("deliveryHour", "Delivery Hour", "INTEGER"), ("deliveryInterval", "Delivery Interval", "INTEGER"), ("settlementPoint", "Settlement Point Name", "VARCHAR"), ("settlementPointType", "Settlement Point Type", "VARCHAR"), ("settlementPointPrice", "Settlement Point Price", "DOUBLE"), ("DSTFlag", "DST Flag", "BOOLEAN")],
            (place, version) => [Day(version.Start), Cell.Number(ErcotTimes.Hour(version.Start).Hour), Cell.Number(QuarterHour.FromUtc(version.Start, MarketClocks.Central).Quarter), Cell.Of(place.Name), Cell.Of(ErcotPoint.Kind(place)), Price(version), Cell.Flag(ErcotTimes.IsRepeated(version.Start))]),
        ["np6-788-cd/lmp_node_zone_hub"] = new(
            PriceFeeds.ErcotDispatch, 12300, "LMPs by Resource Nodes, Load Zones and Trading Hubs", "SCEDTimestamp: DESC,settlementPoint: ASC",
            [("SCEDTimestamp", "SCED Time Stamp", "TIMESTAMP"), ("repeatHourFlag", "Repeat Hour Flag", "BOOLEAN"), ("settlementPoint", "Settlement Point", "VARCHAR"), ("LMP", "LMP", "DOUBLE")],
            (place, version) => PriceFeeds.DispatchRun(version.Start) is var run ? [Cell.At(ErcotTimes.Central(run)), Cell.Flag(ErcotTimes.IsRepeated(run)), Cell.Of(place.Name), Price(version)] : []),
        ["np4-190-cd/dam_stlmnt_pnt_prices"] = new(
            PriceFeeds.ErcotDayAhead, 12331, "DAM Settlement Point Prices", "deliveryDate: DESC,hourEnding: ASC,settlementPoint: ASC",
            [("deliveryDate", "Delivery Date", "DATE"), ("hourEnding", "Hour Ending", "VARCHAR"), ("settlementPoint", "Settlement Point", "VARCHAR"), ("settlementPointPrice", "Settlement Point Price", "DOUBLE"), ("DSTFlag", "DST Flag", "BOOLEAN")],
            (place, version) => [Day(version.Start), Cell.Of($"{ErcotTimes.Hour(version.Start).Hour:00}:00"), Cell.Of(place.Name), Price(version), Cell.Flag(ErcotTimes.IsRepeated(version.Start))]),
    };

    /// <summary>Whether there is a report of a name.</summary>
    public static bool Has(string path) => Reports.ContainsKey(path);

    /// <summary>A page.</summary>
    public Answer Page(MarketCall call, string path)
    {
        var report = Reports[path];
        if (!TryNumber(call, "page", 1, int.MaxValue, out var page) || !TryNumber(call, "size", 1_000, MostRows, out var size)) return Bad("page and size must be positive numbers, size at most 1000000");
        if (Starts(call, report) is not { } starts) return Bad("a date or time cannot be read");

        var wanted = call.Parameter("settlementPoint");
        var kind = call.Parameter("settlementPointType");
        ServedPlace[] places =
        [
            .. market.Places(report.Feed.Type).Where(place => (wanted is null || place.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) && (kind is null || ErcotPoint.Kind(place).Equals(kind, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(place => place.Name, StringComparer.Ordinal),
        ];
        var rows = new PriceRows(market, report.Feed, places, starts, PriceRows.Newest);
        var total = call.IsEmpty ? 0 : rows.Total;
        var table = call.Shape(new Table([.. report.Fields.Select(field => field.Name)], rows.Page((page - 1L) * size, size).Select(row => report.Row(row.Place, row.Version))), isCsv: false);
        var labels = report.Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        var fields = table.Columns.Select((name, i) =>
        {
            var (_, label, type) = labels.GetValueOrDefault(name, (name, name, "VARCHAR"));
            return $$"""{"name":"{{name}}","label":"{{label}}","cardinality":{{i + 1}},"dataType":"{{type}}","searchable":true,"sortable":true,"hasRange":{{(type is "VARCHAR" or "BOOLEAN" ? "false" : "true")}}}""";
        });

        var address = $"{call.Http.Request.Scheme}://{call.Http.Request.Host}{call.Http.Request.Path}";
        var head = $$"""
            {"_meta":{"totalRecords":{{total}},"pageSize":{{size}},"totalPages":{{(total + size - 1) / size}},"currentPage":{{page}},"query":{{Query(call, report)}}},"report":{"reportName":"{{path.Split('/')[1]}}","reportDisplayName":"{{report.Title}}","reportId":"{{report.Id}}","reportEMIL":"{{path.Split('/')[0].ToUpperInvariant()}}","downloadLimit":2000000},"fields":[{{string.Join(',', fields)}}],"data":
            """;
        var tail = ",\"_links\":{\"self\":{\"href\":\"" + address + "\"},\"parent\":{\"href\":\"" + address[..address.LastIndexOf('/')] + "\"}}}";
        return Answer.Text(Json, JsonText.Arrays(table).Prepend(head).Append(tail));
    }

    private static string Query(MarketCall call, ApiReport report)
    {
        var given = call.Http.Request.Query.Where(pair => pair.Key is not ("page" or "size" or "sort" or "dir")).ToArray();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"parameterCount\":{given.Length},\"parameters\":{{");
        text.AppendJoin(',', given.Select(pair => $"{JsonText.Quote(pair.Key)}:{JsonText.Quote(pair.Value.ToString())}"));
        return text.Append("},\"sortedBy\":\"").Append(report.SortedBy).Append("\"}").ToString();
    }

    /// <summary>The intervals asked for, in the order of the rows; the last week's where none are. Null when a bound cannot be read.</summary>
    private static IEnumerable<DateTimeOffset>? Starts(MarketCall call, ApiReport report)
    {
        var today = MarketDay.Of(call.Now, MarketZone.ERCOT);
        var feed = report.Feed;
        if (feed == PriceFeeds.ErcotDispatch)
        {
            if (!TryTime(call.Parameter("SCEDTimestampFrom"), repeated: false, out var from) || !TryTime(call.Parameter("SCEDTimestampTo"), repeated: true, out var to)) return null;
            var first = from ?? MarketDay.Start(today.AddDays(-7), MarketClocks.Central);
            var last = Instants.Earlier(to ?? call.Now, call.Now);
            // A run is some seconds off the interval it stands for.
            return MarketDay.Between(first.AddMinutes(-1), last.AddSeconds(1), feed.Interval).Where(start => PriceFeeds.DispatchRun(start) is var run && run >= first && run <= last).Reverse();
        }

        if (!TryDay(call.Parameter("deliveryDateFrom"), today.AddDays(-7), out var firstDay) || !TryDay(call.Parameter("deliveryDateTo"), today.AddDays(1), out var lastDay)) return null;
        if (lastDay > today.AddDays(2)) lastDay = today.AddDays(2);
        var days = lastDay < firstDay ? [] : Enumerable.Range(0, lastDay.DayNumber - firstDay.DayNumber + 1).Select(i => lastDay.AddDays(-i));
        return days.SelectMany(day => MarketDay.Intervals(day, MarketClocks.Central, feed.Interval).OrderBy(start => ErcotTimes.Hour(start).Hour).ThenByDescending(ErcotTimes.IsRepeated).ThenBy(start => start));
    }

    private static bool TryDay(string? text, DateOnly usual, out DateOnly day)
    {
        day = usual;
        return text is null || DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    private static bool TryTime(string? text, bool repeated, out DateTimeOffset? time)
    {
        time = null;
        if (text is null) return true;
        if (!DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return false;
        if (!WallClock.TryToUtc(local, repeated, MarketClocks.Central, out var utc) && !WallClock.TryToUtc(local, repeated: false, MarketClocks.Central, out utc)) return false;
        time = utc;
        return true;
    }

    private static bool TryNumber(MarketCall call, string name, int usual, int most, out int number)
    {
        number = usual;
        return call.Parameter(name) is not { } text || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most);
    }

    private static Answer Bad(string message) => Answer.Text(
        Json, "{\"code\":400,\"status\":\"BAD_REQUEST\",\"message\":" + JsonText.Quote(message) + ",\"data\":{}}", 400);

    private static Cell Day(DateTimeOffset start) => Cell.Of(ErcotTimes.Hour(start).Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static Cell Price(PriceVersion version) => Cell.Number(version.Price, "0.##");

    private sealed record ApiReport(PriceFeed Feed, int Id, string Title, string SortedBy, (string Name, string Label, string Type)[] Fields, Func<ServedPlace, PriceVersion, Cell[]> Row);
}
