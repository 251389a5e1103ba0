using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>The reports read as files.</summary>
internal static class ErcotFiles
{
    /// <summary>Real-time settlement point prices, posted two minutes after each quarter hour.</summary>
    public static ErcotFile SettlementPointPrices { get; } = new(
        "np6-905-cd", 12301, PriceType.RealTime15Min, PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(150)));

    /// <summary>Locational marginal prices of each dispatch run, about every five minutes.</summary>
    public static ErcotFile DispatchPrices { get; } = new(
        "np6-788-cd", 12300, PriceType.RealTime5Min, PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(45)));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ErcotFile> All { get; } = [SettlementPointPrices, DispatchPrices];
}
