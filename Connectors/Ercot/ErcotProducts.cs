using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>The price series read, and their corrections.</summary>
internal static class ErcotProducts
{
    /// <summary>Real-time settlement point prices, posted two minutes after each quarter hour.</summary>
    public static ErcotProduct SettlementPointPrices { get; } = new(
        "np6-905-cd", 12301, "np6-905-cd/spp_node_zone_hub", PriceType.RealTime15Min, ErcotShape.Quarters, ["SettlementPointPrice", "Settlement Point Price"],
        PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(150)));

    /// <summary>Locational marginal prices of each dispatch run, about every five minutes.</summary>
    public static ErcotProduct DispatchPrices { get; } = new(
        "np6-788-cd", 12300, "np6-788-cd/lmp_node_zone_hub", PriceType.RealTime5Min, ErcotShape.Runs, ["LMP"],
        PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(45)));

    /// <summary>Day-ahead settlement point prices, posted from about 12:45 of the day before.</summary>
    public static ErcotProduct DayAheadPrices { get; } = new(
        "np4-190-cd", 12331, "np4-190-cd/dam_stlmnt_pnt_prices", PriceType.DayAheadHourly, ErcotShape.Hours, ["SettlementPointPrice", "Settlement Point Price"],
        PollSchedule.Around(
            MarketClocks.Central,
            new TimeOnly(12, 25),
            new TimeOnly(16, 0),
            PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(3)),
            PollSchedule.Every(TimeSpan.FromHours(1), TimeSpan.FromMinutes(26))))
    {
        Lookback = TimeSpan.FromDays(1),
        Ahead = TimeSpan.FromDays(2),
        Lead = TimeSpan.FromDays(2),
    };

    /// <summary>Corrections of <see cref="SettlementPointPrices"/>, days later.</summary>
    public static ErcotProduct SettlementCorrections { get; } = Corrections(
        "np4-197-m-spp", 13045, "RTM_SPP", "np4-197-m/rtm_price_corrections_spp", PriceType.RealTime15Min, ErcotShape.Quarters, "SPPCorrected", 12);

    /// <summary>Corrections of <see cref="DispatchPrices"/>.</summary>
    public static ErcotProduct DispatchCorrections { get; } = Corrections(
        "np4-197-m-splmp", 13045, "RTM_SPLMP", "np4-197-m/rtm_price_corrections_splmp", PriceType.RealTime5Min, ErcotShape.Runs, "LMPCorrected", 13);

    /// <summary>Corrections of <see cref="DayAheadPrices"/>.</summary>
    public static ErcotProduct DayAheadCorrections { get; } = Corrections(
        "np4-196-m-spp", 13044, "DAM_SPP", "np4-196-m/dam_price_corrections_spp", PriceType.DayAheadHourly, ErcotShape.Hours, "SPPCorrected", 14);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ErcotProduct> All { get; } =
        [SettlementPointPrices, DispatchPrices, DayAheadPrices, SettlementCorrections, DispatchCorrections, DayAheadCorrections];

    private static ErcotProduct Corrections(string id, int report, string tag, string query, PriceType type, ErcotShape shape, string price, int minute) =>
        new(id, report, query, type, shape, [price], PollSchedule.Every(TimeSpan.FromHours(1), TimeSpan.FromMinutes(minute)))
        {
            Kind = FeedKind.Corrections,
            Tag = tag,
            Lookback = TimeSpan.FromDays(7),
            Ahead = TimeSpan.Zero,
        };
}
