namespace OptiBid.Client.Requests;

/// <summary>Whose top-bottom spreads are wanted.</summary>
/// <param name="Zone">The market.</param>
/// <param name="Location">The location.</param>
/// <param name="Start">Start of the range, inclusive.</param>
/// <param name="End">Its end, exclusive.</param>
public sealed record StorageValueRequest(string Zone, string Location, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Hours charged and hours discharged: the n of TBn. 4 where left out.</summary>
    public int? Hours { get; init; }

    /// <summary>The price series.</summary>
    public string? PriceType { get; init; }

    internal QueryText ToQuery() => new QueryText()
        .Add("zone", Zone).Add("location", Location).Add("hours", Hours).Add("start", Start).Add("end", End).Add("price_type", PriceType);
}
