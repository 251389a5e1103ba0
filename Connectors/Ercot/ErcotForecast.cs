using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Ercot;

/// <summary>An hourly forecast that ERCOT posts as files, each a week long.</summary>
/// <param name="Id">ERCOT's product id.</param>
/// <param name="ReportTypeId">Its number in the document list.</param>
/// <param name="Kind">What it forecasts, MW, for the zone as a whole.</param>
/// <param name="Columns">The column that has it.</param>
/// <param name="Schedule">When the list is asked for.</param>
internal sealed record ErcotForecast(string Id, int ReportTypeId, FundamentalKind Kind, string[] Columns, PollSchedule Schedule)
{
    /// <summary>Load by forecast zone, posted at half past each hour.</summary>
    public static ErcotForecast Load { get; } = new(
        "np3-560-cd", 12311, FundamentalKind.LoadForecast, ["SystemTotal", "SYSTEM_TOTAL", "System Total", "TotalSystem", "Total"], Hourly(32.5));

    /// <summary>Wind: ERCOT's short-term forecast (STWPF), posted at five to each hour. WGRPP beside it is what four hours of five exceed.</summary>
    public static ErcotForecast Wind { get; } = new(
        "np4-732-cd", 13028, FundamentalKind.WindForecast, ["STWPF_SYSTEM_WIDE", "STWPFSystemWide", "STWPF SYSTEM WIDE"], Hourly(57.2));

    /// <summary>Sun: ERCOT's short-term forecast (STPPF), posted at five to each hour.</summary>
    public static ErcotForecast Solar { get; } = new(
        "np4-737-cd", 13483, FundamentalKind.SolarForecast, ["STPPF_SYSTEM_WIDE", "STPPFSystemWide", "STPPF SYSTEM WIDE"], Hourly(57.4));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ErcotForecast> All { get; } = [Load, Wind, Solar];

    /// <summary>Full name.</summary>
    public string Name => "ercot:" + Id;

    private static PollSchedule Hourly(double minute) => PollSchedule.Every(TimeSpan.FromHours(1), TimeSpan.FromMinutes(minute));
}
