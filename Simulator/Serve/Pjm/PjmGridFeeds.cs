using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Pjm;

/// <summary>The feeds of load, forecasts, generation and locations.</summary>
internal static class PjmGridFeeds
{
    private const string Whole = "0";
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly string[] Renewable = ["Hydro", "Other Renewables", "Solar", "Wind"];

    /// <summary>Areas of the load, with their shares of it.</summary>
    private static readonly (string Actual, string Forecast, double Share)[] Areas =
    [
        ("PJM RTO", "RTO_COMBINED", 1), ("MID-ATLANTIC REGION", "MID_ATLANTIC_REGION", 0.36), ("WESTERN REGION", "WESTERN_REGION", 0.47), ("SOUTHERN REGION", "SOUTHERN_REGION", 0.17),
        ("AEP", "AEP", 0.15), ("COMED", "COMED", 0.12), ("DOM", "DOM", 0.17), ("PECO", "PECO", 0.05), ("PSEG", "PSEG", 0.05), ("PEPCO", "PEPCO", 0.035),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<IPjmFeed> All(ServedMarket market) => [InstantaneousLoad(market), SevenDays(market), VeryShort(market), Fuels(market), Pnodes(market)];

    private static PjmSmallFeed InstantaneousLoad(ServedMarket market) => new(
        "inst_load",
        ["datetime_beginning_utc", "datetime_beginning_ept", "area", "instantaneous_load"],
        (from, to, now) => MarketDay.Between(from, Instants.Earlier(to, now.AddSeconds(-15)).AddTicks(1), FiveMinutes).SelectMany(start =>
        {
            var load = market.Conditions(start).LoadMw;
            return Areas.Select(area => (Cell[])[.. Both(start), Cell.Of(area.Actual), Cell.Number(load * area.Share, "0.000")]);
        }),
        "datetime_beginning_utc",
        usual: null);

    /// <summary>Evaluated anew every half hour, and only the newest evaluation is there: seven days from today's midnight.</summary>
    private static PjmSmallFeed SevenDays(ServedMarket market) => new(
        "load_frcstd_7_day",
        [
            "evaluated_at_datetime_utc", "evaluated_at_datetime_ept", "forecast_datetime_beginning_utc", "forecast_datetime_beginning_ept",
            "forecast_datetime_ending_utc", "forecast_datetime_ending_ept", "forecast_area", "forecast_load_mw",
        ],
        (from, to, now) =>
        {
            var evaluated = now.AddSeconds(-1073).Floor(TimeSpan.FromMinutes(30)).AddSeconds(1073);
            var today = MarketDay.Of(now, MarketClocks.Eastern);
            var first = MarketDay.Start(today, MarketClocks.Eastern);
            return MarketDay.Between(Instants.Later(first, from), Instants.Earlier(MarketDay.Start(today.AddDays(7), MarketClocks.Eastern), to.AddTicks(1)), TimeSpan.FromHours(1)).SelectMany(start =>
            {
                var load = market.Conditions(start).LoadForecastMw;
                return Areas.Select(area => (Cell[])[.. Both(evaluated), .. Both(start), .. Both(start.AddHours(1)), Cell.Of(area.Forecast), Cell.Number(load * area.Share, Whole)]);
            });
        },
        "forecast_datetime_beginning_utc",
        now => (DateTimeOffset.MinValue.AddDays(1), now.AddDays(30)));

    /// <summary>Evaluated every five minutes for two hours; the evaluations of the last day are there.</summary>
    private static PjmSmallFeed VeryShort(ServedMarket market) => new(
        "very_short_load_frcst",
        [
            "evaluated_at_utc", "evaluated_at_ept", "forecast_datetime_beginning_utc", "forecast_datetime_beginning_ept",
            "forecast_datetime_ending_utc", "forecast_datetime_ending_ept", "forecast_area", "forecast_load_mw",
        ],
        (from, to, now) => MarketDay.Between(Instants.Later(from, now.AddDays(-1)), Instants.Earlier(to, now.AddSeconds(-20)).AddTicks(1), FiveMinutes).SelectMany(evaluated =>
            Enumerable.Range(1, 24).SelectMany(step =>
            {
                var start = evaluated + step * FiveMinutes;
                var conditions = market.Conditions(start);
                // The nearer the interval, the less of the day-ahead error is left.
                var load = conditions.LoadMw + (conditions.LoadForecastMw - conditions.LoadMw) * step / 48;
                return Areas.Take(4).Select(area => (Cell[])[.. Both(evaluated), .. Both(start), .. Both(start + FiveMinutes), Cell.Of(area.Forecast), Cell.Number(load * area.Share, Whole)]);
            })),
        "evaluated_at_utc",
        now => (now.AddMinutes(-10), now));

    private static PjmSmallFeed Fuels(ServedMarket market) => new(
        "gen_by_fuel",
        ["datetime_beginning_utc", "datetime_beginning_ept", "fuel_type", "mw", "fuel_percentage_of_total", "is_renewable"],
        (from, to, now) => MarketDay.Between(from, Instants.Earlier(to, now.AddMinutes(-75)).AddTicks(1), TimeSpan.FromHours(1)).SelectMany(start =>
        {
            var mix = market.Conditions(start).GenerationMw;
            var total = mix.Values.Sum();
            return mix.OrderBy(fuel => fuel.Key, StringComparer.Ordinal).Select(fuel => (Cell[])
            [
                .. Both(start), Cell.Of(fuel.Key), Cell.Number(fuel.Value, "0.0"), Cell.Number(fuel.Value / total, "0.00"), Cell.Flag(Renewable.Contains(fuel.Key)),
            ]);
        }),
        "datetime_beginning_utc",
        usual: null);

    private static PjmSmallFeed Pnodes(ServedMarket market) => new(
        "pnode",
        ["pnode_id", "pnode_name", "pnode_type", "pnode_subtype", "zone", "voltage_level", "effective_date", "termination_date"],
        (_, _, _) => market.Places(Grains.Interfaces.PriceType.DayAheadHourly).Select(place =>
        {
            var pnode = PjmPnode.Of(place);
            return (Cell[])
            [
                Cell.Number(place.Location), Cell.Of(pnode.Name), Cell.Of(pnode.Voltage is null ? "AGGREGATE" : "BUS"), Cell.Of(pnode.Type),
                pnode.Zone is null ? Cell.Null : Cell.Of(pnode.Zone), pnode.Voltage is null ? Cell.Null : Cell.Of(pnode.Voltage),
                Cell.At(new DateTime(2015, 6, 1)), Cell.At(new DateTime(9999, 12, 31)),
            ];
        }),
        timeColumn: null,
        now => (now, now));

    private static Cell[] Both(DateTimeOffset instant) => [Cell.At(instant.UtcDateTime), Cell.At(PjmTimes.Eastern(instant))];
}
