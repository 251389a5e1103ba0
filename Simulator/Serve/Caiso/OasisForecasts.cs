using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Caiso;

/// <summary>The reports of load (<c>SLD_FCST</c>) and of wind and sun (<c>SLD_REN_FCST</c>), forecast and actual.</summary>
internal sealed class OasisForecasts(ServedMarket market)
{
    private static readonly string[] LoadColumns =
    [
        "INTERVALSTARTTIME_GMT", "INTERVALENDTIME_GMT", "LOAD_TYPE", "OPR_DT", "OPR_HR", "OPR_INTERVAL", "MARKET_RUN_ID", "TAC_AREA_NAME", "LABEL", "XML_DATA_ITEM",
        "POS", "MW", "EXECUTION_TYPE", "GROUP",
    ];

    private static readonly string[] RenewableColumns =
    [
        "OPR_DT", "OPR_HR", "OPR_INTERVAL", "INTERVALSTARTTIME_GMT", "INTERVALENDTIME_GMT", "TRADING_HUB", "RENEWABLE_TYPE", "LABEL", "XML_DATA_ITEM",
        "MARKET_RUN_ID_POS", "RENEW_POS", "MW", "MARKET_RUN_ID", "GROUP",
    ];

    private static readonly (string Name, double Share)[] Areas = [("CA ISO-TAC", 1), ("MWD-TAC", 0.005), ("PGE-TAC", 0.44), ("SCE-TAC", 0.46), ("SDGE-TAC", 0.09), ("VEA-TAC", 0.005)];

    private static readonly (string Hub, string Type, double Share)[] Renewables =
        [("NP15", "Solar", 0.24), ("NP15", "Wind", 0.27), ("SP15", "Solar", 0.52), ("SP15", "Wind", 0.73), ("ZP26", "Solar", 0.24)];

    /// <summary>The load report.</summary>
    /// <exception cref="OasisError">The query is refused, or there is nothing for it.</exception>
    public Table Load(MarketCall call, OasisQuery query)
    {
        var run = Run(call, query);
        var starts = Starts(query, run, call.Now);
        return new(LoadColumns, Areas.SelectMany((area, group) => OasisLabels.Unsorted(starts, group).Select(start => (Cell[])
        [
            OasisLabels.Gmt(start), OasisLabels.Gmt(start + run.Interval), Cell.Number(0), OasisLabels.Date(start), OasisLabels.Hour(start), OasisLabels.Interval(start, run.Interval),
            Cell.Of(query.MarketRun!), Cell.Of(area.Name), Cell.Of(run.Label), Cell.Of($"SYS_FCST_{run.Item}_MW"), Cell.Number("0.8"),
            Cell.Number(area.Share * Mean(start, run.Interval, conditions => run.IsActual ? conditions.LoadMw : conditions.LoadForecastMw), "0.##"),
            Cell.Of(run.Execution), Cell.Number(group + 1),
        ])));
    }

    /// <summary>The report of wind and sun.</summary>
    /// <exception cref="OasisError">The query is refused, or there is nothing for it.</exception>
    public Table Renewable(MarketCall call, OasisQuery query)
    {
        var run = Run(call, query);
        var starts = Starts(query, run, call.Now);
        return new(RenewableColumns, Renewables.SelectMany((part, group) => OasisLabels.Unsorted(starts, group).Select(start => (Cell[])
        [
            OasisLabels.Date(start), OasisLabels.Hour(start), OasisLabels.Interval(start, run.Interval), OasisLabels.Gmt(start), OasisLabels.Gmt(start + run.Interval),
            Cell.Of(part.Hub), Cell.Of(part.Type), Cell.Of(run.IsActual ? "Renewable Actual" : "Renewable Forecast " + run.Title), Cell.Of($"RENEW_FCST_{run.Item}_MW"),
            Cell.Number(1), Cell.Number(group), Cell.Number(part.Share * Mean(start, run.Interval, conditions => Output(conditions, part.Type, run.IsActual)), "0.#####"),
            Cell.Of(query.MarketRun!), Cell.Number(group + 1),
        ])));
    }

    private static double Output(Connectors.Simulation.MarketConditions conditions, string type, bool isActual) => (type, isActual) switch
    {
        ("Solar", true) => conditions.GenerationMw["Solar"],
        ("Solar", false) => conditions.SolarForecastMw,
        (_, true) => conditions.GenerationMw["Wind"],
        _ => conditions.WindForecastMw,
    };

    private double Mean(DateTimeOffset start, TimeSpan interval, Func<Connectors.Simulation.MarketConditions, double> value) =>
        interval < TimeSpan.FromHours(1) ? value(market.Conditions(start)) : (value(market.Conditions(start.AddMinutes(15))) + value(market.Conditions(start.AddMinutes(45)))) / 2;

    private static DateTimeOffset[] Starts(OasisQuery query, ForecastRun run, DateTimeOffset now)
    {
        DateTimeOffset[] starts = [.. MarketDay.Between(query.From, query.To, run.Interval).TakeWhile(start => run.IsOut(start, now))];
        return starts.Length > 0 ? starts : throw OasisError.NoData();
    }

    private static ForecastRun Run(MarketCall call, OasisQuery query)
    {
        var execution = call.Parameter("execution_type")?.ToUpperInvariant();
        return query.MarketRun switch
        {
            "7DA" => new("7DA", "7DA", "Demand Forecast 7-Day Ahead", "7-Day Ahead", Hour, false, start => DayBefore(start, 7)),
            "2DA" => new("2DA", "2DA", "Demand Forecast 2-Day Ahead", "2-Day Ahead", Hour, false, start => DayBefore(start, 2)),
            "DAM" => new("DA", "DAM", "Demand Forecast Day Ahead", "Day Ahead", Hour, false, start => DayBefore(start, 1)),
            "ACTUAL" => new("ACT", "ACTUAL", "Total Actual Hourly Integrated Load", "Actual", Hour, true, start => start.AddHours(2)),
            "HASP" => new("HASP", "HASP", "Hour Ahead Forecast", "Hour Ahead", Hour, false, start => start.AddMinutes(-75)),
            "RTM" when execution == "RTPD" => new("15MIN", "RTPD", "RTM 15Min Load Forecast", "15Min", TimeSpan.FromMinutes(15), false, start => start.AddMinutes(-45)),
            "RTM" => new("5MIN", "RTD", "RTM 5Min Load Forecast", "5Min", TimeSpan.FromMinutes(5), true, start => start.AddMinutes(-8)),
            "RTPD" => new("15MIN", "RTPD", "RTM 15Min Load Forecast", "15Min", TimeSpan.FromMinutes(15), false, start => start.AddMinutes(-45)),
            "RTD" => new("5MIN", "RTD", "RTM 5Min Load Forecast", "5Min", TimeSpan.FromMinutes(5), true, start => start.AddMinutes(-8)),
            _ => throw OasisError.Invalid("market_run_id"),
        };
    }

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Nine in the morning some days before the trade date.</summary>
    private static DateTimeOffset DayBefore(DateTimeOffset start, int days) =>
        MarketDay.Start(MarketDay.Of(start, MarketZone.CAISO).AddDays(-days), MarketClocks.Pacific).AddHours(9);

    private sealed record ForecastRun(string Item, string Execution, string Label, string Title, TimeSpan Interval, bool IsActual, Func<DateTimeOffset, DateTimeOffset> PublishedAt)
    {
        public bool IsOut(DateTimeOffset start, DateTimeOffset now) => PublishedAt(start) <= now;
    }
}
