namespace OptiBid.Client.Requests;

/// <summary>Which live prices are wanted. A list that is empty means all.</summary>
public sealed record PriceFilter
{
    /// <summary>The markets.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>The locations, by the market's id or by a name that only one location of a zone bears.</summary>
    public IReadOnlyList<string> Locations { get; init; } = [];

    /// <summary>The price series.</summary>
    public IReadOnlyList<string> PriceTypes { get; init; } = [];

    /// <summary>Most messages a second, 0.1 to 20; in between only the newest price of each location is kept.</summary>
    public double? MaxRateHz { get; init; }

    internal QueryText ToQuery() => new QueryText()
        .Add("zone", Zones).Add("location", Locations).Add("price_type", PriceTypes).Add("max_rate_hz", MaxRateHz);
}
