using OptiBid.Gateway.Api.Requests;

namespace OptiBid.Gateway.Api.Analytics;

/// <summary>Parameters that several analytics have.</summary>
internal static class AnalyticsParameters
{
    /// <summary>What is looked at when no range is given.</summary>
    public static readonly TimeSpan StandardRange = TimeSpan.FromDays(30);

    public static readonly Parameter Start = Parameters.Start with
    {
        Description = Parameters.Start.Description + " Left out: 30 days before the end.",
        Example = "2026-11-01T04:00:00Z",
    };

    public static readonly Parameter End = Parameters.End with
    {
        Description = Parameters.End.Description + " Left out: now.",
        Example = "2026-12-01T05:00:00Z",
    };

    public static readonly Parameter PriceType = Parameters.PriceTypeFilter with { MaxCount = 1, Description = "The price series.", Example = "DAY_AHEAD_HOURLY" };
}
