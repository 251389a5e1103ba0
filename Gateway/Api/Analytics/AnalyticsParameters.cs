using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.History;

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

    /// <summary>A parameter that takes the length of larger intervals.</summary>
    public static Parameter Bucket(string name, string description) => new(name, ParameterKind.Text,
        description + " 5m, 4h, 1d, 1w, 1mo, or in ISO 8601 PT15M, P1D, P1M. Minutes and hours up to a day, days and weeks up to a year, months up to twelve.")
    {
        Example = "1d",
    };

    /// <summary>The length given; null for none.</summary>
    /// <exception cref="ApiProblem">It is no length.</exception>
    public static BucketLength? ReadBucket(RequestValues values, Parameter parameter)
    {
        if (values.Text(parameter) is not { } text) return null;
        return BucketLength.TryParse(text, out var length)
            ? length
            : throw ApiProblem.InvalidParameter(parameter.Name, text, $"{parameter.Name} must be a length such as 5m, 4h, 1d, 1w, 1mo or PT15M, P1D, P1M: " +
                "minutes and hours up to a day, days and weeks up to a year, months up to twelve.");
    }
}
