using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Caiso;

/// <summary>
/// The summary of price corrections of a trade date (<c>GroupZip?groupid=PRC_CORR_GRP</c>): which intervals were corrected. The
/// corrected prices are in the price reports.
/// </summary>
internal sealed class OasisCorrections(ServedMarket market)
{
    private static readonly (PriceType Type, string Market)[] Markets = [(PriceType.DayAheadHourly, "DAM"), (PriceType.RealTime15Min, "FMM"), (PriceType.RealTime5Min, "RTD")];

    private static readonly string[] Columns =
    [
        "TRADE_DATE", "HOUR_ENDING", "INTERVAL", "MARKET", "AFFECTED_AREA", "CORRECTION_METHOD", "CORRECTION_COUNT", "ENERGY_TYPECODE", "CORRECTION_REASON", "REPORT_GENERATED",
    ];

    /// <summary>The summary of the trade date that holds the start of the range.</summary>
    /// <exception cref="OasisError">The day has not begun.</exception>
    public Table Summary(MarketCall call, OasisQuery query)
    {
        if (query.From > call.Now) throw OasisError.NoData();
        return new(Columns, Rows(MarketDay.Of(query.From, MarketZone.CAISO), call.Now));
    }

    private IEnumerable<Cell[]> Rows(DateOnly day, DateTimeOffset now)
    {
        var date = Cell.Of(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        foreach (var (type, name) in Markets)
        {
            var isAny = false;
            var length = TimeSpan.FromMinutes(type.IntervalMinutes());
            foreach (var start in MarketDay.Intervals(day, MarketClocks.Pacific, length))
            {
                foreach (var (_, published) in market.Corrections(type, start).Where(entry => entry.PublishedAt <= now))
                {
                    isAny = true;
                    yield return
                    [
                        date, OasisLabels.Hour(start), OasisLabels.Interval(start, length), Cell.Of(name), Cell.Of("ALL"), Cell.Of("SELECTIVE RECALCULATION"),
                        Cell.Number(market.Places(type).Count), Cell.Of("LMP"), Cell.Of("DATA INPUT FAILURE"), Generated(published),
                    ];
                }
            }

            if (!isAny) yield return [date, Cell.Null, Cell.Null, Cell.Of(name), Cell.Null, Cell.Null, Cell.Null, Cell.Null, Cell.Of("No records found for report."), Generated(now)];
        }
    }

    private static Cell Generated(DateTimeOffset instant) => Cell.Of(WallClock.FromUtc(instant, MarketClocks.Pacific).Local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
}
