using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>The corrections as reports of the public API, by the time of correction.</summary>
internal sealed class ErcotCorrectionApi(ServedMarket market)
{
    private static readonly (string, string, string) Time = ("priceCorrectionTime", "Price Correction Time", "TIMESTAMP");

    private static readonly Dictionary<string, (PriceType Type, ErcotEnvelope Envelope)> Reports = new (PriceType Type, ErcotEnvelope Envelope)[]
    {
        (PriceType.RealTime15Min, Of("np4-197-m/rtm_price_corrections_spp", 13045, "RTM Price Corrections - Settlement Point Prices",
            ("deliveryDate", "Delivery Date", "DATE"), ("deliveryHour", "Delivery Hour", "INTEGER"), ("deliveryInterval", "Delivery Interval", "INTEGER"),
            ("settlementPointName", "Settlement Point Name", "VARCHAR"), ("settlementPointType", "Settlement Point Type", "VARCHAR"),
            ("SPPOriginal", "SPP Original", "DOUBLE"), ("SPPCorrected", "SPP Corrected", "DOUBLE"), Time, ("DSTFlag", "DST Flag", "BOOLEAN"))),
        (PriceType.RealTime5Min, Of("np4-197-m/rtm_price_corrections_splmp", 13045, "RTM Price Corrections - Settlement Point LMPs",
            ("SCEDTimestamp", "SCED Time Stamp", "TIMESTAMP"), ("repeatHourFlag", "Repeat Hour Flag", "BOOLEAN"), ("settlementPoint", "Settlement Point", "VARCHAR"),
            ("LMPOriginal", "LMP Original", "DOUBLE"), ("LMPCorrected", "LMP Corrected", "DOUBLE"), Time)),
        (PriceType.DayAheadHourly, Of("np4-196-m/dam_price_corrections_spp", 13044, "DAM Price Corrections - Settlement Point Prices",
            ("deliveryDate", "Delivery Date", "DATE"), ("hourEnding", "Hour Ending", "VARCHAR"), ("settlementPoint", "Settlement Point", "VARCHAR"),
            ("SPPOriginal", "SPP Original", "DOUBLE"), ("SPPCorrected", "SPP Corrected", "DOUBLE"), Time, ("DSTFlag", "DST Flag", "BOOLEAN"))),
    }.ToDictionary(report => report.Envelope.Path, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether there is a report of a name.</summary>
    public static bool Has(string path) => Reports.ContainsKey(path);

    /// <summary>A page.</summary>
    public Answer Page(MarketCall call, string path)
    {
        var (type, envelope) = Reports[path];
        if (!ErcotApiTimes.TryTime(call, "priceCorrectionTimeFrom", isEnd: false, out var from) || !ErcotApiTimes.TryTime(call, "priceCorrectionTimeTo", isEnd: true, out var to))
            return ErcotEnvelope.Bad("a date or time cannot be read");

        Cell[][] rows =
        [
            .. market.Corrected(type, DateTimeOffset.UnixEpoch, call.Now.AddDays(3))
                .Where(entry => entry.PublishedAt >= (from ?? call.Now.AddDays(-31)) && entry.PublishedAt <= Instants.Earlier(to ?? call.Now, call.Now))
                .OrderByDescending(entry => entry.PublishedAt).SelectMany(entry => market.Changes(type, entry.Start, entry.PublishedAt).Select(change => Row(type, entry.Start, entry.PublishedAt, change))),
        ];
        return envelope.Page(call, rows.Length, (skip, take) => rows.Skip((int)Math.Min(skip, int.MaxValue)).Take(take));
    }

    private static ErcotEnvelope Of(string path, int id, string title, params (string, string, string)[] fields) => new(path, id, title, "priceCorrectionTime: DESC", fields);

    private static Cell[] Row(PriceType type, DateTimeOffset start, DateTimeOffset corrected, (ServedPlace Place, double Old, double New) change)
    {
        var (place, old, now) = (Cell.Of(change.Place.Name), Cell.Number(change.Old, "0.##"), Cell.Number(change.New, "0.##"));
        var (day, hour, time) = (Cell.Of(ErcotTimes.Hour(start).Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ErcotTimes.Hour(start).Hour, Cell.At(ErcotTimes.Central(corrected)));
        var repeated = Cell.Flag(ErcotTimes.IsRepeated(start));
        return type switch
        {
            PriceType.RealTime15Min =>
                [day, Cell.Number(hour), Cell.Number(QuarterHour.FromUtc(start, MarketClocks.Central).Quarter), place, Cell.Of(ErcotPoint.Kind(change.Place)), old, now, time, repeated],
            PriceType.RealTime5Min => [Cell.At(ErcotTimes.Central(PriceFeeds.DispatchRun(start))), repeated, place, old, now, time],
            _ => [day, Cell.Of($"{hour:00}:00"), place, old, now, time, repeated],
        };
    }
}
