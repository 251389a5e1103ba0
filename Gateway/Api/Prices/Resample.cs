using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>How prices are to be gathered into larger intervals.</summary>
/// <param name="Every">Length of an interval.</param>
/// <param name="Clock">The wall clock it is cut by; null for each market's own.</param>
/// <param name="FillGaps">Whether intervals without a price are given too.</param>
/// <param name="Asked">What is wanted of each.</param>
internal sealed record Resample(BucketLength Every, TimeZoneInfo? Clock, bool FillGaps, Aggregates Asked)
{
    /// <summary>What the caller asked for; null where he wants prices as they are.</summary>
    /// <exception cref="ApiProblem">The length is none, or something is given that is only for gathered prices, or only for others.</exception>
    public static Resample? Read(RequestValues values, ResampleParameters parameters)
    {
        if (values.Text(parameters.Every) is not { } text)
        {
            foreach (var parameter in (Parameter[])[parameters.Aggregates, parameters.Fill, HistoryParameters.TimeZone])
            {
                if (values.Has(parameter)) throw Refused(values, parameter, $"{parameter.Name} says how to resample, so resample must be given too.");
            }

            return null;
        }

        if (!BucketLength.TryParse(text, out var every))
        {
            throw Refused(values, parameters.Every, $"{parameters.Every.Name} must be a length such as 5m, 4h, 1d, 1w, 1mo or PT15M, P1D, P1M: " +
                "minutes and hours up to a day, days and weeks up to a year, months up to twelve.");
        }

        if (values.Flag(HistoryParameters.Revisions))
            throw Refused(values, HistoryParameters.Revisions, "include_revisions gives every value of every price, resample gathers prices: ask for one of them.");

        return new Resample(
            every,
            values.Text(HistoryParameters.TimeZone) is { } clock ? MarketClocks.All.First(known => known.Id == clock) : null,
            string.Equals(values.Text(parameters.Fill), "null", StringComparison.OrdinalIgnoreCase),
            AggregateNames.Of(values.Texts(parameters.Aggregates)));
    }

    private static ApiProblem Refused(RequestValues values, Parameter parameter, string detail) =>
        ApiProblem.InvalidParameter(parameter.Name, values.Text(parameter), detail);
}
