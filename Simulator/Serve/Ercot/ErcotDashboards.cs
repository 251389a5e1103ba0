using System.Globalization;
using System.Text;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>The JSON behind ERCOT's dashboards of fuel mix and of supply and demand.</summary>
internal sealed class ErcotDashboards(ServedMarket market)
{
    private const string Json = "application/json";
    private const string Stamp = "yyyy-MM-dd HH:mm:ss";
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    private static readonly (string Fuel, int Capacity)[] Capacities =
    [
        ("Coal and Lignite", 13_705), ("Hydro", 579), ("Nuclear", 5_268), ("Power Storage", 17_934), ("Solar", 37_967), ("Wind", 40_534), ("Natural Gas", 68_388), ("Other", 647),
    ];

    /// <summary>A dashboard.</summary>
    public Answer Read(MarketCall call, string name) => name switch
    {
        "fuel-mix" => Answer.Text(Json, FuelMix(call)),
        "supply-demand" => Answer.Text(Json, SupplyDemand(call)),
        _ => Refusals.NoSuchFile(),
    };

    /// <summary>Yesterday and today, a snapshot some seconds before each five minutes are over.</summary>
    private IEnumerable<string> FuelMix(MarketCall call)
    {
        yield return $"{{\"lastUpdated\":\"{Local(call.Now.Floor(FiveMinutes))}\",\"monthlyCapacity\":{{";
        yield return string.Join(',', Capacities.Select(entry => $"\"{entry.Fuel}\":{entry.Capacity}"));
        yield return "},\"types\":[" + string.Join(',', Capacities.Select(entry => $"\"{entry.Fuel}\"")) + "],\"data\":{";
        var today = MarketDay.Of(call.Now, MarketZone.ERCOT);
        foreach (var day in new[] { today.AddDays(-1), today })
        {
            var text = new StringBuilder(day == today ? ",\"" : "\"").Append(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append("\":{");
            var isFirst = true;
            foreach (var start in MarketDay.Intervals(day, MarketClocks.Central, FiveMinutes))
            {
                var taken = start.AddSeconds(297);
                if (taken > call.Now || call.IsEmpty) break;
                if (!isFirst) text.Append(',');
                isFirst = false;
                var mix = market.Conditions(start).GenerationMw;
                text.Append('"').Append(Local(taken)).Append("\":{");
                text.AppendJoin(',', Capacities.Select(entry => string.Create(CultureInfo.InvariantCulture, $"\"{entry.Fuel}\":{{\"gen\":{mix.GetValueOrDefault(entry.Fuel):0.00####}}}"))).Append('}');
            }

            yield return text.Append('}').ToString();
        }

        yield return "}}";
    }

    /// <summary>Today in five minutes, labelled by their ends, the forecast where they are to come; and six days in hours.</summary>
    private IEnumerable<string> SupplyDemand(MarketCall call)
    {
        yield return $"{{\"lastUpdated\":\"{Local(call.Now.Floor(FiveMinutes))}\",\"data\":[";
        var today = MarketDay.Of(call.Now, MarketZone.ERCOT);
        var isFirst = true;
        foreach (var start in call.IsEmpty ? [] : MarketDay.Intervals(today, MarketClocks.Central, FiveMinutes))
        {
            var end = start + FiveMinutes;
            var isForecast = end > call.Now;
            var conditions = market.Conditions(start);
            var demand = isForecast ? conditions.LoadForecastMw : conditions.LoadMw;
            var hour = ErcotTimes.Hour(start);
            yield return string.Create(CultureInfo.InvariantCulture, $"{(isFirst ? "" : ",")}{{\"capacity\":{demand * 1.13:0},\"demand\":{demand:0},\"forecast\":{(isForecast ? 1 : 0)},{(isForecast ? $"\"available\":{demand * 1.22:0}," : "")}\"dstFlag\":{(hour.Repeated ? 1 : 0)},\"interval\":{ErcotTimes.Central(end).Minute},\"hourEnding\":{hour.Hour},\"timestamp\":\"{Local(end)}\",\"epoch\":{end.ToUnixTimeMilliseconds()}}}");
            isFirst = false;
        }

        yield return "],\"forecast\":[";
        isFirst = true;
        foreach (var hour in call.IsEmpty ? [] : MarketDay.Between(MarketDay.Start(today.AddDays(1), MarketClocks.Central), MarketDay.Start(today.AddDays(7), MarketClocks.Central), TimeSpan.FromHours(1)))
        {
            var demand = market.Conditions(hour.AddMinutes(30)).LoadForecastMw;
            var (label, end) = (ErcotTimes.Hour(hour), hour.AddHours(1));
            yield return string.Create(CultureInfo.InvariantCulture, $"{(isFirst ? "" : ",")}{{\"deliveryDate\":\"{label.Day:yyyy-MM-dd}\",\"dstFlag\":\"{(label.Repeated ? "Y" : "N")}\",\"hourEnding\":{label.Hour},\"deliveryDateHrBegin\":\"{Local(hour)}\",\"deliveryDateHrEnd\":\"{Local(end)}\",\"availCapGen\":{demand * 1.35:0},\"forecastedDemand\":{demand:0},\"timestamp\":\"{Local(end)}\",\"epoch\":{end.ToUnixTimeMilliseconds()}}}");
            isFirst = false;
        }

        yield return "]}";
    }

    private static string Local(DateTimeOffset instant) => ErcotTimes.WithOffset(instant, Stamp, colon: false);
}
