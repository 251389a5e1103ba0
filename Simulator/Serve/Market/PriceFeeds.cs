using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using static OptiBid.Grains.Interfaces.MarketZone;
using static OptiBid.Grains.Interfaces.PriceType;

namespace OptiBid.Simulator.Serve.Market;

/// <summary>The price feeds of all markets, and when each of them has an interval.</summary>
internal static class PriceFeeds
{
    /// <summary>PJM, five minutes, as dispatched.</summary>
    public static PriceFeed PjmLive { get; } = new(PJM, "rt_unverified_fivemin_lmps", HostKind.Api, RealTime5Min, start => start.AddSeconds(60));

    /// <summary>PJM, five minutes, verified.</summary>
    public static PriceFeed PjmVerified { get; } = new(PJM, "rt_fivemin_hrl_lmps", HostKind.Api, RealTime5Min, NextBusinessNoon);

    /// <summary>PJM, real-time hours as settled.</summary>
    public static PriceFeed PjmHourly { get; } = new(PJM, "rt_hrl_lmps", HostKind.Api, RealTimeHourly, NextBusinessNoon);

    /// <summary>PJM, day-ahead.</summary>
    public static PriceFeed PjmDayAhead { get; } = new(PJM, "da_hrl_lmps", HostKind.Api, DayAheadHourly, start => DayAheadPublication.Of(start, PJM));

    /// <summary>CAISO, real-time dispatch.</summary>
    public static PriceFeed CaisoRealTime { get; } = new(CAISO, "PRC_INTVL_LMP", HostKind.Api, RealTime5Min, start => start.AddSeconds(45));

    /// <summary>CAISO, fifteen-minute market, out before the interval starts.</summary>
    public static PriceFeed CaisoFifteenMinute { get; } = new(CAISO, "PRC_RTPD_LMP", HostKind.Api, RealTime15Min, start => start.AddMinutes(-5));

    /// <summary>CAISO, day-ahead.</summary>
    public static PriceFeed CaisoDayAhead { get; } = new(CAISO, "PRC_LMP", HostKind.Api, DayAheadHourly, start => DayAheadPublication.Of(start, CAISO));

    /// <summary>ERCOT, dispatch runs, as files.</summary>
    public static PriceFeed ErcotDispatchFiles { get; } = new(ERCOT, "12300", HostKind.Files, RealTime5Min, start => DispatchRun(start).AddSeconds(12));

    /// <summary>ERCOT, settlement points every quarter hour, as files.</summary>
    public static PriceFeed ErcotSettlementFiles { get; } = new(ERCOT, "12301", HostKind.Files, RealTime15Min, start => start.AddMinutes(15).AddSeconds(122));

    /// <summary>ERCOT, day-ahead, as files.</summary>
    public static PriceFeed ErcotDayAheadFiles { get; } = new(ERCOT, "12331", HostKind.Files, DayAheadHourly, start => DayAheadPublication.Of(start, ERCOT));

    /// <summary>ERCOT, dispatch runs, public API: later than the file.</summary>
    public static PriceFeed ErcotDispatch { get; } = new(ERCOT, "np6-788-cd", HostKind.Api, RealTime5Min, start => start.AddMinutes(5));

    /// <summary>ERCOT, settlement points, public API: later than the file.</summary>
    public static PriceFeed ErcotSettlement { get; } = new(ERCOT, "np6-905-cd", HostKind.Api, RealTime15Min, start => start.AddMinutes(20));

    /// <summary>ERCOT, day-ahead, public API.</summary>
    public static PriceFeed ErcotDayAhead { get; } = new(ERCOT, "np4-190-cd", HostKind.Api, DayAheadHourly, start => DayAheadPublication.Of(start, ERCOT).AddMinutes(5));

    /// <summary>NYISO, real-time dispatch.</summary>
    public static PriceFeed NyisoRealTime { get; } = new(NYISO, "realtime", HostKind.Files, RealTime5Min, start => start.AddSeconds(60));

    /// <summary>NYISO, real-time hours, time-weighted.</summary>
    public static PriceFeed NyisoHourly { get; } = new(NYISO, "rtlbmp", HostKind.Files, RealTimeHourly, start => start.AddMinutes(75));

    /// <summary>NYISO, day-ahead, by eleven o'clock.</summary>
    public static PriceFeed NyisoDayAhead { get; } = new(NYISO, "damlbmp", HostKind.Files, DayAheadHourly, start => DayAheadPublication.Of(start, NYISO).AddHours(-2.5));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PriceFeed> All { get; } =
    [
        PjmLive, PjmVerified, PjmHourly, PjmDayAhead, CaisoRealTime, CaisoFifteenMinute, CaisoDayAhead,
        ErcotDispatchFiles, ErcotSettlementFiles, ErcotDayAheadFiles, ErcotDispatch, ErcotSettlement, ErcotDayAhead,
        NyisoRealTime, NyisoHourly, NyisoDayAhead,
    ];

    /// <summary>When the dispatch run that stands for an interval started: some seconds off.</summary>
    public static DateTimeOffset DispatchRun(DateTimeOffset start) => start.AddSeconds(8 + Math.Floor(Draw.Unit(12300, start) * 12));

    /// <summary>Noon, eastern time, of the business day after the day an interval lies in.</summary>
    private static DateTimeOffset NextBusinessNoon(DateTimeOffset start)
    {
        var day = WallClock.FromUtc(start, MarketClocks.Eastern).Local.Date.AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) day = day.AddDays(1);
        _ = WallClock.TryToUtc(day.AddHours(12), repeated: false, MarketClocks.Eastern, out var noon);
        return noon;
    }
}
