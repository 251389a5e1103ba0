using OptiBid.Connectors.Caiso.Fundamentals;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Caiso.Outlook;

/// <summary>A column of the Outlook's file of demand.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Kind">What it holds, MW.</param>
/// <param name="PublishedAt">When a value counts as published.</param>
internal sealed record OutlookDemand(string Column, FundamentalKind Kind, Func<DateTimeOffset, DateTimeOffset> PublishedAt)
{
    /// <summary>Load as it was.</summary>
    public static OutlookDemand Load { get; } = new("Current demand", FundamentalKind.Load, start => start.AddMinutes(10));

    /// <summary>Load forecast of the day ahead.</summary>
    public static OutlookDemand DayAhead { get; } = new("Day ahead forecast", FundamentalKind.LoadForecast, start => ForecastRun.LoadPublishedAt("DAM", start)!.Value);

    /// <summary>Load forecast of the hour ahead.</summary>
    public static OutlookDemand HourAhead { get; } = new("Hour ahead forecast", FundamentalKind.LoadForecast, start => ForecastRun.LoadPublishedAt("HASP", start)!.Value);
}
