namespace OptiBid.Client.Requests;

/// <summary>Which of the newest prices are wanted. A list that is empty means all.</summary>
public sealed record LivePricesRequest
{
    /// <summary>The markets.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>The locations, by the market's id or by a name that only one location of a zone bears.</summary>
    public IReadOnlyList<string> Locations { get; init; } = [];

    /// <summary>What kind of place: HUB, ZONE, INTERFACE, GEN, LOAD, NODE, BUS or AGGREGATE.</summary>
    public string? LocationType { get; init; }

    /// <summary>The price series.</summary>
    public IReadOnlyList<string> PriceTypes { get; init; } = [];

    /// <summary>Lowest price wanted, $/MWh.</summary>
    public double? MinPrice { get; init; }

    /// <summary>Highest price wanted, $/MWh.</summary>
    public double? MaxPrice { get; init; }

    /// <summary>Order, such as <c>location</c> or <c>-price</c>.</summary>
    public string? Sort { get; init; }

    /// <summary>Prices in one answer of the gateway; the list goes on over all of them.</summary>
    public int? PageSize { get; init; }

    internal QueryText ToQuery() => new QueryText()
        .Add("zone", Zones).Add("location", Locations).Add("location_type", LocationType).Add("price_type", PriceTypes)
        .Add("min_price", MinPrice).Add("max_price", MaxPrice).Add("sort", Sort).Add("limit", PageSize);
}
