using System.Text;
using OptiBid.Connectors.Simulation;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.History;

namespace OptiBid.Simulator.Plot;

/// <summary>Carries <c>plot</c> out.</summary>
internal static class PlotRun
{
    /// <summary>Draws the market.</summary>
    /// <returns>The exit code: 0, or 1 with a line on <paramref name="error"/>.</returns>
    public static async Task<int> RunAsync(PlotOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        var market = new SimulatedMarket(options.Zone, options.Seed, 500);
        var places = new List<SimulatedLocation>();
        foreach (var name in options.PlacesOrUsual)
        {
            if (market.Locations.FirstOrDefault(place => place.Location == name || place.Entry.Name == name) is not { } found)
            {
                await error.WriteLineAsync($"--places: {options.Zone} has no \"{name}\" among its first {market.Locations.Count} places");
                return 1;
            }

            places.Add(found);
        }

        if (places.Count > 2)
        {
            await error.WriteLineAsync("--places: at most two");
            return 1;
        }

        try
        {
            await using var file = new PartialFile(options.Out);
            await file.Stream.WriteAsync(Encoding.UTF8.GetBytes(Draw(options, market, places)), cancellationToken);
            await file.CompleteAsync(cancellationToken);
            return 0;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{options.Out}: {problem.Message}");
            return 1;
        }
    }

    private static string Draw(PlotOptions options, SimulatedMarket market, IReadOnlyList<SimulatedLocation> places)
    {
        var clock = MarketClocks.Of(options.Zone);
        _ = WallClock.TryToUtc(options.Start, repeated: false, clock, out var from);
        _ = WallClock.TryToUtc(options.Start.AddDays(options.Days), repeated: false, clock, out var to);
        var midnights = Enumerable.Range(0, options.Days + 1).Select(day =>
        {
            _ = WallClock.TryToUtc(options.Start.AddDays(day), repeated: false, clock, out var midnight);
            return midnight;
        }).ToArray();

        List<(DateTimeOffset, double)> Prices(SimulatedLocation place, PriceType type) =>
            [.. Times(from, to, type.IntervalMinutes()).Select(time => (time, market.Price(place, type, time).Price))];

        var conditions = Times(from, to, 5).Select(market.Conditions).ToArray();
        List<(DateTimeOffset, double)> Load(Func<MarketConditions, double> value) => [.. conditions.Select(each => (each.Start, value(each) / 1000))];
        double Wind(MarketConditions each) => each.GenerationMw["Wind"];
        double Sun(MarketConditions each) => each.GenerationMw.GetValueOrDefault("Solar");

        var plot = new SvgPlot($"Simulated {options.Zone}, {options.Days} days from {options.Start:dddd d MMMM yyyy}, seed {options.Seed}", from, to, midnights, clock);
        var prices = new SvgPanel("$/MWh", Height: 330);
        string[] colours = ["#c2410c", "#1d4ed8"];
        for (var i = places.Count - 1; i >= 0; i--) prices.Line($"{places[i].Entry.Name} real-time", colours[i], 1.1, Prices(places[i], PriceType.RealTime5Min));
        for (var i = places.Count - 1; i >= 0; i--) prices.Steps($"{places[i].Entry.Name} day-ahead", colours[i], 1.8, Prices(places[i], PriceType.DayAheadHourly), TimeSpan.FromHours(1));
        var load = new SvgPanel("GW", Height: 250);
        load.Area("wind and solar", "#facc15", Load(each => Wind(each) + Sun(each)));
        load.Area("wind", "#86bfa0", Load(Wind));
        load.Line("load", "#111827", 1.6, Load(each => each.LoadMw));
        load.Line("load forecast", "#6b7280", 1.2, Load(each => each.LoadForecastMw), dashes: "4 3");
        load.Line("net load", "#be185d", 1.4, Load(each => each.LoadMw - Wind(each) - Sun(each)));
        return plot.Render(prices, load);
    }

    private static IEnumerable<DateTimeOffset> Times(DateTimeOffset from, DateTimeOffset to, int minutes)
    {
        for (var time = from; time < to; time = time.AddMinutes(minutes)) yield return time;
    }
}
