namespace OptiBid.Client.Requests;

/// <summary>Whose spreads are wanted.</summary>
/// <param name="Zone">The market.</param>
/// <param name="Location">The location.</param>
/// <param name="Kind"><c>dart</c>: day-ahead minus real-time; <c>basis</c>: the location minus its hub.</param>
/// <param name="Start">Start of the range, inclusive.</param>
/// <param name="End">Its end, exclusive.</param>
public sealed record SpreadsRequest(string Zone, string Location, string Kind, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The price series: the real-time one (dart), or that of both (basis).</summary>
    public string? PriceType { get; init; }

    /// <summary>Length of larger intervals that spreads are gathered into, such as <c>1d</c>.</summary>
    public string? Resample { get; init; }

    /// <summary>Spreads in one answer.</summary>
    public int? PageSize { get; init; }

    /// <summary>Goes on after a page.</summary>
    public string? Cursor { get; init; }

    internal QueryText ToQuery() => new QueryText()
        .Add("zone", Zone).Add("location", Location).Add("kind", Kind).Add("price_type", PriceType)
        .Add("start", Start).Add("end", End).Add("resample", Resample).Add("limit", PageSize).Add("cursor", Cursor);
}
