using System.Globalization;
using OptiBid.Connectors.Simulation;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Caiso;

/// <summary>
/// The files behind Today's Outlook: 289 rows of wall-clock labels, from midnight to the next. What is to come is blank, so is the
/// hour left out in spring; of the hour repeated in autumn only the first pass is there.
/// </summary>
internal sealed class OutlookFiles(ServedMarket market)
{
    private static readonly string[] Fuels =
        ["Solar", "Wind", "Geothermal", "Biomass", "Biogas", "Small hydro", "Coal", "Nuclear", "Natural Gas", "Large Hydro", "Batteries", "Imports", "Other"];

    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(2);

    /// <summary>A day's file.</summary>
    public Answer Day(MarketCall call, string file, DateOnly day)
    {
        var today = MarketDay.Of(call.Now, MarketZone.CAISO);
        Table? table = file switch
        {
            "fuelsource" => new(["Time", .. Fuels], Rows(day, call.Now, Fuels.Length, (conditions, _) => [.. Fuels.Select(fuel => Whole(conditions.GenerationMw.GetValueOrDefault(fuel)))])),
            "demand" => new(["Time", "Day ahead forecast", "Hour ahead forecast", "Current demand", "Demand response"], DemandRows(day, call.Now)),
            _ => null,
        };
        if (table is null || day > today) return Refusals.NoSuchFile();

        var end = MarketDay.Start(day.AddDays(1), MarketClocks.Pacific);
        return Answer.Text("text/csv", CsvText.Lines(call.Shape(table, isCsv: true))) with
        {
            LastModified = Instants.Earlier(call.Now - Delay, end).Floor(TimeSpan.FromMinutes(5)) + Delay,
        };
    }

    private IEnumerable<Cell[]> DemandRows(DateOnly day, DateTimeOffset now) => Labels(day).Select(label =>
    {
        if (label.Start is not { } start) return [Cell.Of(label.Text), Cell.Null, Cell.Null, Cell.Null, Cell.Null];

        var conditions = market.Conditions(start);
        var isOut = start + Delay <= now;
        var hourAhead = (conditions.LoadForecastMw + 2 * conditions.LoadMw) / 3;
        return (Cell[])
        [
            Cell.Of(label.Text), Whole(conditions.LoadForecastMw), start <= now.AddHours(1) ? Whole(hourAhead) : Cell.Null, isOut ? Whole(conditions.LoadMw) : Cell.Null, Cell.Null,
        ];
    });

    private IEnumerable<Cell[]> Rows(DateOnly day, DateTimeOffset now, int columns, Func<MarketConditions, DateTimeOffset, Cell[]> values) => Labels(day).Select(label =>
        (Cell[])[Cell.Of(label.Text), .. label.Start is { } start && start + Delay <= now ? values(market.Conditions(start), start) : Enumerable.Repeat(Cell.Null, columns)]);

    private static IEnumerable<(string Text, DateTimeOffset? Start)> Labels(DateOnly day)
    {
        for (var minute = 0; minute <= 24 * 60; minute += 5)
        {
            var local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
            yield return (local.ToString("HH:mm", CultureInfo.InvariantCulture), WallClock.TryToUtc(local, repeated: false, MarketClocks.Pacific, out var start) ? start : null);
        }
    }

    private static Cell Whole(double value) => Cell.Number((long)Math.Round(value));
}
