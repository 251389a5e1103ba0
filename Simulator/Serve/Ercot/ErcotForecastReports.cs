using OptiBid.Connectors.Simulation;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>The files of forecasts, posted every hour: load by forecast zone, wind and sun, the last two with what came of it.</summary>
internal sealed class ErcotForecastReports(ServedMarket market)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly (string Name, double Share)[] LoadZones = [("North", 0.31), ("South", 0.25), ("West", 0.18), ("Houston", 0.26)];
    private static readonly (string Name, double Share)[] WindZones = [("LZ_SOUTH_HOUSTON", 0.24), ("LZ_WEST", 0.64), ("LZ_NORTH", 0.12)];

    /// <summary>All of them.</summary>
    public IEnumerable<ErcotReport> All() =>
    [
        new(12311, "Seven-Day Load Forecast by Forecast Zone", TimeSpan.FromDays(7), (from, to) => Hourly(from, to, 30, "LFCCONGESTNP3560", Load)),
        new(13028, "Wind Power Production - Hourly Averaged Actual and Forecasted Values", TimeSpan.FromDays(3), (from, to) => Hourly(from, to, 55, "WPPHRLYAVGACTNP4732", Wind)),
        new(13483, "Solar Power Production - Hourly Averaged Actual and Forecasted Values", TimeSpan.FromDays(3), (from, to) => Hourly(from, to, 55, "SPPHRLYAVGACTNP4737", Sun)),
    ];

    private static IEnumerable<ErcotPosting> Hourly(DateTimeOffset from, DateTimeOffset to, int minute, string name, Func<DateTimeOffset, Table> table)
    {
        foreach (var hour in MarketDay.Between(from, to, Hour))
        {
            var posted = hour.AddMinutes(minute);
            yield return new(hour, posted, name + (ErcotTimes.IsRepeated(posted) ? "_xhr" : ""), () => table(posted));
        }
    }

    /// <summary>Eight days from the midnight before; the last column's name has blanks behind it.</summary>
    private Table Load(DateTimeOffset posted)
    {
        var today = MarketDay.Of(posted, MarketZone.ERCOT);
        var hours = MarketDay.Between(MarketDay.Start(today, MarketClocks.Central), MarketDay.Start(today.AddDays(8), MarketClocks.Central), Hour);
        return new(["DeliveryDate", "HourEnding", .. LoadZones.Select(zone => zone.Name), "SystemTotal", "DSTFlag    "], hours.Select(hour =>
        {
            var load = market.Conditions(hour.AddMinutes(30)).LoadForecastMw;
            return (Cell[])
            [
                ErcotTimes.Date(hour), Cell.Of($"{ErcotTimes.Hour(hour).Hour}:00"), .. LoadZones.Select(zone => Cell.Number(load * zone.Share, "0.############")),
                Cell.Number(load, "0.############"), ErcotTimes.YesNo(hour),
            ];
        }));
    }

    private Table Wind(DateTimeOffset posted) => new(
        [
            "DELIVERY_DATE", "HOUR_ENDING", "SYSTEM_WIDE_GEN", "COP_HSL_SYSTEM_WIDE", "STWPF_SYSTEM_WIDE", "WGRPP_SYSTEM_WIDE",
            .. WindZones.SelectMany(zone => new[] { "GEN_" + zone.Name, "COP_HSL_" + zone.Name, "STWPF_" + zone.Name, "WGRPP_" + zone.Name }), "SYSTEM_WIDE_HSL", "DSTFlag",
        ],
        Hours(posted).Select(hour =>
        {
            var isPast = hour + Hour <= posted;
            var (actual, forecast) = Output(hour, "Wind", conditions => conditions.WindForecastMw);
            return (Cell[])
            [
                ErcotTimes.Date(hour), Cell.Number(ErcotTimes.Hour(hour).Hour), .. Part(actual, forecast, 1, isPast), .. WindZones.SelectMany(zone => Part(actual, forecast, zone.Share, isPast)),
                isPast ? Cell.Number(actual * 1.12, "0.##") : Cell.Null, ErcotTimes.YesNo(hour),
            ];
        }));

    private Table Sun(DateTimeOffset posted) => new(
        ["DELIVERY_DATE", "HOUR_ENDING", "SYSTEM_WIDE_GEN", "COP_HSL_SYSTEM_WIDE", "STPPF_SYSTEM_WIDE", "PVGRPP_SYSTEM_WIDE", "SYSTEM_WIDE_HSL", "DSTFlag"],
        Hours(posted).Select(hour =>
        {
            var isPast = hour + Hour <= posted;
            var (actual, forecast) = Output(hour, "Solar", conditions => conditions.SolarForecastMw);
            return (Cell[])
            [
                ErcotTimes.Date(hour), Cell.Number(ErcotTimes.Hour(hour).Hour), .. Part(actual, forecast, 1, isPast), isPast ? Cell.Number(actual * 1.05, "0.##") : Cell.Null, ErcotTimes.YesNo(hour),
            ];
        }));

    /// <summary>Two days back and seven ahead.</summary>
    private static IEnumerable<DateTimeOffset> Hours(DateTimeOffset posted) => MarketDay.Between(posted.AddHours(-48).Floor(Hour), posted.AddHours(168), Hour);

    private (double Actual, double Forecast) Output(DateTimeOffset hour, string fuel, Func<MarketConditions, double> forecast)
    {
        var conditions = market.Conditions(hour.AddMinutes(30));
        return (conditions.GenerationMw[fuel], forecast(conditions));
    }

    /// <summary>What was generated, left out while it is to come; what the plants plan; forecast; and what is likely to be exceeded.</summary>
    private static Cell[] Part(double actual, double forecast, double share, bool isPast) =>
    [
        isPast ? Cell.Number(actual * share, "0.##") : Cell.Null, Cell.Number(forecast * share * 0.98, "0.#"), Cell.Number(forecast * share, "0.#"), Cell.Number(forecast * share * 0.85, "0.#"),
    ];
}
