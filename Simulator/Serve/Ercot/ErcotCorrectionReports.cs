using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>The files of price corrections, a file for each interval that was corrected.</summary>
internal sealed class ErcotCorrectionReports(ServedMarket market)
{
    /// <summary>Real-time and day-ahead.</summary>
    public IEnumerable<ErcotReport> All() =>
    [
        new(13045, "RTM Price Corrections", TimeSpan.FromDays(31), (from, to) =>
            Postings(PriceType.RealTime15Min, "RTM_SPP", from, to, Settlement).Concat(Postings(PriceType.RealTime5Min, "RTM_SPLMP", from, to, Dispatch))) { Ahead = TimeSpan.FromDays(366) },
        new(13044, "DAM Price Corrections", TimeSpan.FromDays(31), (from, to) => Postings(PriceType.DayAheadHourly, "DAM_SPP", from, to, DayAhead)) { Ahead = TimeSpan.FromDays(366), After = TimeSpan.FromDays(2) },
    ];

    private IEnumerable<ErcotPosting> Postings(
        PriceType type, string name, DateTimeOffset from, DateTimeOffset to, Func<DateTimeOffset, DateTimeOffset, IEnumerable<(ServedPlace Place, double Old, double New)>, Table> table)
    {
        // A correction strikes what was published while its fault was in force, or a while before; nothing else need be looked at.
        foreach (var (start, fault, published) in market.Corrected(type, from, to))
        {
            var (interval, posted) = (start, published);
            yield return new(
                start, posted, $"{name}_{ErcotTimes.Central(start).ToString("yyyyMMdd_HHmm", CultureInfo.InvariantCulture)}" + (ErcotTimes.IsRepeated(start) ? "_xhr" : ""),
                () => table(interval, posted, market.Changes(type, interval, posted)), fault.Id * 2 + (type == PriceType.RealTime5Min ? 1 : 0));
        }
    }

    private static Table Settlement(DateTimeOffset start, DateTimeOffset posted, IEnumerable<(ServedPlace Place, double Old, double New)> changes) => new(
        ["DeliveryDate", "DeliveryHour", "DeliveryInterval", "SettlementPointName", "SettlementPointType", "SPPOriginal", "SPPCorrected", "PriceCorrectionTime", "DSTFlag"],
        changes.Select(change => (Cell[])
        [
            ErcotTimes.Date(start), Cell.Number(ErcotTimes.Hour(start).Hour), Cell.Number(QuarterHour.FromUtc(start, MarketClocks.Central).Quarter), Cell.Of(change.Place.Name),
            Cell.Of(ErcotPoint.Kind(change.Place)), Price(change.Old), Price(change.New), ErcotTimes.Time(posted), ErcotTimes.YesNo(start),
        ]));

    private static Table Dispatch(DateTimeOffset start, DateTimeOffset posted, IEnumerable<(ServedPlace Place, double Old, double New)> changes) => new(
        ["SCEDTimestamp", "RepeatedHourFlag", "SettlementPoint", "LMPOriginal", "LMPCorrected", "PriceCorrectionTime"],
        changes.Select(change => (Cell[])
        [
            ErcotTimes.Time(PriceFeeds.DispatchRun(start)), ErcotTimes.YesNo(start), Cell.Of(change.Place.Name), Price(change.Old), Price(change.New), ErcotTimes.Time(posted),
        ]));

    private static Table DayAhead(DateTimeOffset start, DateTimeOffset posted, IEnumerable<(ServedPlace Place, double Old, double New)> changes) => new(
        ["DeliveryDate", "HourEnding", "SettlementPoint", "SPPOriginal", "SPPCorrected", "PriceCorrectionTime", "DSTFlag"],
        changes.Select(change => (Cell[])
        [
            ErcotTimes.Date(start), Cell.Of($"{ErcotTimes.Hour(start).Hour:00}:00"), Cell.Of(change.Place.Name), Price(change.Old), Price(change.New), ErcotTimes.Time(posted),
            ErcotTimes.YesNo(start),
        ]));

    private static Cell Price(double value) => Cell.Number(value, "0.##");
}
