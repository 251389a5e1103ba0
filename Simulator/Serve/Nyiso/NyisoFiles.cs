using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Nyiso;

/// <summary>
/// NYISO's daily files. Real-time prices and the fuel mix are labelled by the end of their interval, the others by its start; in
/// autumn one o'clock stands twice without a flag, so the order of the rows decides.
/// </summary>
internal sealed class NyisoFiles(ServedMarket market)
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly string[] PriceColumns =
        ["Time Stamp", "Name", "PTID", "LBMP ($/MWHr)", "Marginal Cost Losses ($/MWHr)", "Marginal Cost Congestion ($/MWHr)"];

    private static readonly (string Name, string Title, int Ptid, double Share)[] Zones =
    [
        ("CAPITL", "Capitl", 61757, 0.073), ("CENTRL", "Centrl", 61754, 0.096), ("DUNWOD", "Dunwod", 61760, 0.037), ("GENESE", "Genese", 61753, 0.061), ("HUD VL", "Hud Vl", 61758, 0.064),
        ("LONGIL", "Longil", 61762, 0.125), ("MHK VL", "Mhk Vl", 61756, 0.05), ("MILLWD", "Millwd", 61759, 0.018), ("N.Y.C.", "N.Y.C.", 61761, 0.346), ("NORTH", "North", 61755, 0.036), ("WEST", "West", 61752, 0.094),
    ];

    private static readonly string[] Fuels = ["Dual Fuel", "Natural Gas", "Nuclear", "Other Fossil Fuels", "Other Renewables", "Wind", "Hydro"];

    /// <summary>Folders and the files in them, without the date.</summary>
    public static IReadOnlySet<(string Folder, string File)> Known { get; } = new HashSet<(string, string)>
    {
        ("realtime", "realtime_zone"), ("realtime", "realtime_gen"), ("damlbmp", "damlbmp_zone"), ("damlbmp", "damlbmp_gen"), ("rtlbmp", "rtlbmp_zone"), ("rtlbmp", "rtlbmp_gen"),
        ("pal", "pal"), ("isolf", "isolf"), ("rtfuelmix", "rtfuelmix"),
    };

    /// <summary>When a day's file last changed; null while there is nothing of it.</summary>
    public DateTimeOffset? Changed(string folder, DateOnly day, DateTimeOffset now)
    {
        var (first, last) = (MarketDay.Start(day, MarketClocks.Eastern), MarketDay.Start(day.AddDays(1), MarketClocks.Eastern));
        if (folder == "isolf") return first.AddHours(-15) <= now ? first.AddHours(-15) : null;
        if (Feed(folder) is { } feed)
        {
            var place = market.Places(feed.Type)[0];
            var step = feed.Interval;
            var times = MarketDay.Between(first, last, step).Select(start => market.PublishedAt(feed, place, start))
                .Concat(market.Corrected(feed.Type, first, last).Select(entry => entry.PublishedAt)).Where(published => published <= now).ToArray();
            return times.Length == 0 ? null : times.Max();
        }

        var changed = Instants.Earlier((now - Delay).Floor(FiveMinutes), last - FiveMinutes) + Delay;
        return first + Delay <= now ? changed : null;
    }

    /// <summary>A day's file.</summary>
    public IEnumerable<string> Lines(MarketCall call, string folder, string file, DateOnly day) => folder switch
    {
        "pal" => CsvText.Lines(call.Shape(Loads(day, call.Now), isCsv: true), "\r\n", quotedHeader: true),
        "isolf" => CsvText.Lines(call.Shape(Forecasts(day), isCsv: true), quotedHeader: true),
        "rtfuelmix" => CsvText.Lines(call.Shape(Mix(day, call.Now), isCsv: true), "\r\n"),
        _ => CsvText.Lines(call.Shape(Prices(Feed(folder)!, MarketDay.Intervals(day, MarketClocks.Eastern, Feed(folder)!.Interval), file.EndsWith("_zone", StringComparison.Ordinal)), isCsv: true), quotedHeader: true),
    };

    /// <summary>The list of generators and the zones they lie in.</summary>
    public IEnumerable<string> Generators(MarketCall call) => CsvText.Lines(call.Shape(
        new Table(
            ["Generator Name", "Generator PTID", "Subzone", "Zone", "Latitude", "Longitude", "Active"],
            market.Places(PriceType.RealTime5Min).Where(place => place.Type == LocationType.Gen).Select(place => Zones.FirstOrDefault(zone => zone.Ptid.ToString(CultureInfo.InvariantCulture) == place.Model.LoadZone).Name is { } zone
                ? (Cell[])[Cell.Of(place.Name), Cell.Number(place.Location), Cell.Of(zone), Cell.Of(zone), Cell.Null, Cell.Null, Cell.Of("Y")]
                : [])),
        isCsv: true));

    /// <summary>The newest dispatch run that is out.</summary>
    public (DateTimeOffset Start, DateTimeOffset PublishedAt)? Newest(DateTimeOffset now)
    {
        var (feed, place) = (PriceFeeds.NyisoRealTime, market.Places(PriceType.RealTime5Min)[0]);
        for (var start = now.Floor(FiveMinutes); start > now.AddDays(-1); start -= FiveMinutes)
        {
            if (market.PublishedAt(feed, place, start) is var published && published <= now) return (start, published);
        }

        return null;
    }

    /// <summary>A dispatch run by itself; an empty line stands before it.</summary>
    public IEnumerable<string> NewestLines(MarketCall call, bool isZones, DateTimeOffset start) =>
        CsvText.Lines(call.Shape(Prices(PriceFeeds.NyisoRealTime, [start], isZones), isCsv: true), quotedHeader: true).Prepend("\n");

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(30);

    private static PriceFeed? Feed(string folder) => PriceFeeds.All.FirstOrDefault(feed => feed.Zone == MarketZone.NYISO && feed.Name == folder);

    /// <summary>Zones, or generators and the reference bus. Congestion has the sign turned round: energy = LBMP − loss + congestion.</summary>
    private Table Prices(PriceFeed feed, IEnumerable<DateTimeOffset> starts, bool isZones)
    {
        ServedPlace[] places = [.. market.Places(feed.Type).Where(place => place.Type == LocationType.Zone == isZones).OrderBy(place => place.Name, StringComparer.Ordinal)];
        var isRealTime = feed.Type == PriceType.RealTime5Min;
        return new(PriceColumns, starts.SelectMany(start => places.SelectMany(place =>
            market.Newest(feed, place, start) is not { } version ? [] : new[]
            {
                (Cell[])
                [
                    isRealTime ? Stamp(start + feed.Interval, "MM/dd/yyyy HH:mm:ss") : Stamp(start, "MM/dd/yyyy HH:mm"), Cell.Quoted(place.Name), Cell.Number(place.Location),
                    Cell.Number(version.Price, "0.00"), Cell.Number(version.Loss ?? 0, "0.00"), Cell.Number(-(version.Congestion ?? 0), "0.00"),
                ],
            })));
    }

    private Table Loads(DateOnly day, DateTimeOffset now) => new(
        ["Time Stamp", "Time Zone", "Name", "PTID", "Load"],
        MarketDay.Intervals(day, MarketClocks.Eastern, FiveMinutes).TakeWhile(start => start + Delay <= now).SelectMany(start =>
        {
            var load = market.Conditions(start).LoadMw;
            return Zones.Select(zone => (Cell[])
            [
                Stamp(start, "MM/dd/yyyy HH:mm:ss"), Cell.Quoted(ZoneName(start)), Cell.Quoted(zone.Name), Cell.Number(zone.Ptid), Cell.Number(load * zone.Share, "0.0"),
            ]);
        }));

    /// <summary>Six days from the file's.</summary>
    private Table Forecasts(DateOnly day) => new(
        ["Time Stamp", .. Zones.Select(zone => zone.Title), "NYISO"],
        MarketDay.Between(MarketDay.Start(day, MarketClocks.Eastern), MarketDay.Start(day.AddDays(6), MarketClocks.Eastern), Hour).Select(start =>
        {
            var load = market.Conditions(start.AddMinutes(30)).LoadForecastMw;
            long[] parts = [.. Zones.Select(zone => (long)Math.Round(load * zone.Share))];
            return (Cell[])[Stamp(start, "MM/dd/yyyy HH:mm"), .. parts.Select(Cell.Number), Cell.Number(parts.Sum())];
        }));

    private Table Mix(DateOnly day, DateTimeOffset now) => new(
        ["Time Stamp", "Time Zone", "Fuel Category", "Gen MW"],
        MarketDay.Intervals(day, MarketClocks.Eastern, FiveMinutes).TakeWhile(start => start + FiveMinutes + Delay <= now).SelectMany(start =>
        {
            var mix = market.Conditions(start).GenerationMw;
            var end = start + FiveMinutes;
            return Fuels.Select(fuel => (Cell[])
            [
                Cell.Of(Text(end, "MM/dd/yyyy HH:mm:ss")), Cell.Of(ZoneName(end)), Cell.Of(fuel), Cell.Number(Math.Round(mix.GetValueOrDefault(fuel)), "0.0"),
            ]);
        }));

    private static string Text(DateTimeOffset instant, string format) => WallClock.FromUtc(instant, MarketClocks.Eastern).Local.ToString(format, CultureInfo.InvariantCulture);

    private static Cell Stamp(DateTimeOffset instant, string format) => Cell.Quoted(Text(instant, format));

    private static string ZoneName(DateTimeOffset instant) => MarketClocks.Eastern.IsDaylightSavingTime(instant) ? "EDT" : "EST";
}
