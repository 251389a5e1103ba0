namespace OptiBid.Client.Requests;

/// <summary>Which prices of the past are wanted. A list that is empty means all.</summary>
public sealed record PriceQuery
{
    /// <summary>The markets.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>The locations, by the market's id or by a name that only one location of a zone bears.</summary>
    public IReadOnlyList<string> Locations { get; init; } = [];

    /// <summary>The price series.</summary>
    public IReadOnlyList<string> PriceTypes { get; init; } = [];

    /// <summary>First interval start, inclusive.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>End of the interval starts, exclusive.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Lowest price wanted, $/MWh.</summary>
    public double? MinPrice { get; init; }

    /// <summary>Highest price wanted, $/MWh.</summary>
    public double? MaxPrice { get; init; }

    /// <summary>Order by interval start: <c>asc</c> or <c>desc</c>.</summary>
    public string? Sort { get; init; }

    /// <summary>Rows in one answer of the gateway, up to 10,000; a list goes on over all of them.</summary>
    public int? PageSize { get; init; }

    /// <summary>The wall clock that buckets are cut by, an IANA name; null for each market's own. Only for buckets.</summary>
    public string? Timezone { get; init; }

    /// <summary>What was published by then; null for what is known now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    internal PriceQueryBody ToBody() => new()
    {
        Zones = Listed(Zones),
        Locations = Listed(Locations),
        PriceTypes = Listed(PriceTypes),
        Start = Start.ToUniversalTime(),
        End = End.ToUniversalTime(),
        MinPrice = MinPrice,
        MaxPrice = MaxPrice,
        Sort = Sort,
        Limit = PageSize,
        Timezone = Timezone,
        AsOf = AsOf?.ToUniversalTime(),
    };

    private static IReadOnlyList<string>? Listed(IReadOnlyList<string> values) => values.Count == 0 ? null : values;
}
