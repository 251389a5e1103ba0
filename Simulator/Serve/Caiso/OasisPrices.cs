using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Caiso;

/// <summary>
/// The price reports: a row per component, grouped by node and component; the day-ahead report's hours in no order. Each report
/// has its columns in an order of its own.
/// </summary>
internal sealed class OasisPrices(ServedMarket market)
{
    private static readonly (string Type, string Item)[] Components = [("MCC", "LMP_CONG_PRC"), ("MCE", "LMP_ENE_PRC"), ("MCL", "LMP_LOSS_PRC"), ("LMP", "LMP_PRC"), ("MGHG", "LMP_GHG_PRC")];

    private static readonly string[] RealTimeColumns =
    [
        "INTERVALSTARTTIME_GMT", "INTERVALENDTIME_GMT", "OPR_DT", "OPR_HR", "NODE_ID_XML", "NODE_ID", "NODE", "MARKET_RUN_ID", "LMP_TYPE", "XML_DATA_ITEM",
        "PNODE_RESMRID", "GRP_TYPE", "POS", "MW", "OPR_INTERVAL", "GROUP",
    ];

    private static readonly string[] DayAheadColumns =
    [
        "INTERVALSTARTTIME_GMT", "INTERVALENDTIME_GMT", "OPR_DT", "OPR_HR", "OPR_INTERVAL", "NODE_ID_XML", "NODE_ID", "NODE", "MARKET_RUN_ID", "LMP_TYPE",
        "XML_DATA_ITEM", "PNODE_RESMRID", "GRP_TYPE", "POS", "MW", "GROUP",
    ];

    private static readonly string[] FifteenMinuteColumns = [.. RealTimeColumns.Select(name => name == "MW" ? "PRC" : name)];

    /// <summary>The feed of a report.</summary>
    public static PriceFeed? Feed(string report) => PriceFeeds.All.FirstOrDefault(feed => feed.Zone == MarketZone.CAISO && feed.Name == report);

    /// <summary>A report.</summary>
    /// <exception cref="OasisError">The query is refused, or there is nothing for it.</exception>
    public Table Report(MarketCall call, OasisQuery query, PriceFeed feed)
    {
        var run = feed.Type switch { PriceType.RealTime5Min => "RTM", PriceType.RealTime15Min => "RTPD", _ => "DAM" };
        if (query.MarketRun != run) throw OasisError.Invalid("market_run_id");

        var places = Places(call, feed);
        DateTimeOffset[] starts = [.. MarketDay.Between(query.From, query.To, feed.Interval).TakeWhile(start => feed.PublishedAt(start) <= call.Now)];
        if (places.Length == 0 || starts.Length == 0 || !places.Any(place => starts.Any(start => market.Newest(feed, place, start) is not null))) throw OasisError.NoData();

        var isDayAhead = feed.Type.IsDayAhead();
        return new(isDayAhead ? DayAheadColumns : feed.Type == PriceType.RealTime15Min ? FifteenMinuteColumns : RealTimeColumns, Rows(feed, run, places, starts, isDayAhead));
    }

    private ServedPlace[] Places(MarketCall call, PriceFeed feed)
    {
        if (call.Parameter("node") is { } nodes)
        {
            var wanted = nodes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return [.. market.Places(feed.Type).Where(place => wanted.Contains(place.Location))];
        }

        return call.Parameter("grp_type")?.ToUpperInvariant() switch
        {
            "ALL" => [.. market.Places(feed.Type)],
            "ALL_APNODES" => [.. market.Places(feed.Type).Where(IsAggregate)],
            _ => throw OasisError.Invalid("node or grp_type"),
        };
    }

    /// <summary>Whether a place is an aggregated pricing node.</summary>
    public static bool IsAggregate(ServedPlace place) => place.Name.EndsWith("-APND", StringComparison.Ordinal);

    private IEnumerable<Cell[]> Rows(PriceFeed feed, string run, ServedPlace[] places, DateTimeOffset[] starts, bool isDayAhead)
    {
        var group = 0;
        foreach (var place in places)
        {
            PriceVersion?[] newest = [.. starts.Select(start => market.Newest(feed, place, start))];
            foreach (var (type, item) in isDayAhead ? Components : Components[..4])
            {
                group++;
                var order = isDayAhead ? OasisLabels.Unsorted(starts, group).Select(start => Array.IndexOf(starts, start)) : Enumerable.Range(0, starts.Length);
                foreach (var i in order)
                {
                    if (newest[i] is not { } version) continue;
                    yield return Row(feed, run, place, type, item, Value(version, type), version.Start, group, isDayAhead);
                }
            }
        }
    }

    private static double Value(PriceVersion version, string type) => type switch
    {
        "MCC" => version.Congestion ?? 0,
        "MCE" => version.Energy ?? 0,
        "MCL" => version.Loss ?? 0,
        "LMP" => version.Price,
        _ => 0,
    };

    private static Cell[] Row(PriceFeed feed, string run, ServedPlace place, string type, string item, double value, DateTimeOffset start, int group, bool isDayAhead)
    {
        var (from, to, date, node) = (OasisLabels.Gmt(start), OasisLabels.Gmt(start + feed.Interval), OasisLabels.Date(start), Cell.Of(place.Location));
        var (interval, number, kind) = (OasisLabels.Interval(start, feed.Interval), Cell.Number(value, "0.#####"), Cell.Of(IsAggregate(place) ? "ALL_APNODES" : "ALL"));
        return isDayAhead
            ? [from, to, date, OasisLabels.Hour(start), interval, node, node, node, Cell.Of(run), Cell.Of(type), Cell.Of(item), node, kind, Cell.Number(0), number, Cell.Number(group)]
            : [from, to, date, OasisLabels.Hour(start, "00"), node, node, node, Cell.Of(run), Cell.Of(type), Cell.Of(item), node, kind, Cell.Number(0), number, interval, Cell.Number(group)];
    }
}
