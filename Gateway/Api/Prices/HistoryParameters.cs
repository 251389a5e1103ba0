using OptiBid.Gateway.Api.Requests;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>Parameters of the two history calls; the query string has flat what the body has in an object.</summary>
internal static class HistoryParameters
{
    public static readonly Parameter Limit = Parameters.Limit(1_000, 10_000) with
    {
        Description = "Rows a page; NDJSON, CSV and Parquet are streamed to the end when it is left out.",
    };

    public static readonly Parameter AsOf = new("as_of", ParameterKind.Time,
        "Answer with what was published at this instant or before, and with nothing published later; with include_revisions, with all of it. Left out, with what is known now.")
    {
        Example = "2026-11-22T18:00:00Z",
    };

    public static readonly Parameter Revisions = new("include_revisions", ParameterKind.Flag,
        "Every value that each price has had, in their order, with when it came here (ingested_at) and when another was published in its place (superseded_at). Not with resample.")
    {
        Example = "true",
    };

    public static readonly Parameter TimeZone = new("timezone", ParameterKind.Text,
        "The wall clock that buckets are cut by, so that a day begins at its midnight; only with resample. Left out, each market's own.")
    {
        Allowed = [.. MarketClocks.All.Select(static clock => clock.Id)],
        IsExact = true,
        Example = "America/New_York",
    };

    /// <summary>As fields of the body's resample.</summary>
    public static readonly ResampleParameters InBody = ResampleParameters.Named("resample.every", "resample.aggregates", "resample.fill");

    /// <summary>As parameters of the query string.</summary>
    public static readonly ResampleParameters InQuery = ResampleParameters.Named("resample", "aggregates", "fill");

    /// <summary>The body's object.</summary>
    public static readonly Parameter Resample = new("resample", ParameterKind.Object,
        "Gather the prices into larger intervals, each series for itself; sort, limit and cursor are then of these. min_price and max_price still choose prices.")
    {
        Fields = [InBody.Every with { IsRequired = true }, InBody.Aggregates, InBody.Fill],
    };
}

/// <summary>How prices are gathered into larger intervals, as parameters.</summary>
internal sealed record ResampleParameters(Parameter Every, Parameter Aggregates, Parameter Fill)
{
    public static ResampleParameters Named(string every, string aggregates, string fill) => new(
        new Parameter(every, ParameterKind.Text,
            "Length of the larger intervals that prices are gathered into: 5m, 4h, 1d, 1w, 1mo, or in ISO 8601 PT15M, P1D, P1M. Minutes and hours up to a day, days and weeks up to a year, months up to twelve.")
        {
            Example = "1h",
        },
        new Parameter(aggregates, ParameterKind.Text, "What is wanted of each; left out, everything. data_points and coverage always come.")
        {
            Allowed = AggregateNames.All,
            MaxCount = AggregateNames.All.Count,
            Example = "average",
        },
        new Parameter(fill, ParameterKind.Text, "An interval without a price: none leaves it out (the default), null gives it without values.")
        {
            Allowed = ["none", "null"],
            Example = "none",
        });
}
