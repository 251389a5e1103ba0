using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Requests;

/// <summary>Parameters that more than one call has.</summary>
internal static class Parameters
{
    private static readonly string[] ZoneNames = [.. MarketZones.All.Select(static zone => zone.Name())];
    private static readonly string[] PriceTypeNames = [.. PriceTypes.All.Select(static type => type.Name())];
    private static readonly string[] LocationTypeNames = [.. Enum.GetValues<LocationType>().Select(PriceView.NameOf)];

    public static readonly Parameter Zone = new("zone", ParameterKind.Text, "The market.") { Allowed = ZoneNames, Example = "PJM" };
    public static readonly Parameter RequiredZone = Zone with { IsRequired = true };
    public static readonly Parameter Zones = new("zones", ParameterKind.Text, "The markets; left out, all.") { Allowed = ZoneNames, MaxCount = 7, Example = "PJM" };
    public static readonly Parameter ZoneFilter = Zone with { Description = "The market; may be repeated. Left out, all.", MaxCount = 7 };

    public static readonly Parameter LocationFilter = new("location", ParameterKind.Text,
        "The market's id of a location, or a name that only one location of the zone bears; may be repeated. Left out, all.") { MaxCount = 200, Example = "51288" };
    public static readonly Parameter RequiredLocation = LocationFilter with
    {
        Description = "The market's id of the location, or a name that only one location of the zone bears.",
        MaxCount = 1,
        IsRequired = true,
    };
    public static readonly Parameter Locations = new("locations", ParameterKind.Text,
        "The locations, by the market's id or by a name that only one location of a zone bears; left out, all.") { MaxCount = 1_000, Example = "51288" };

    public static readonly Parameter PriceTypeFilter = new("price_type", ParameterKind.Text, "The price series; may be repeated. Left out, all.")
    {
        Allowed = PriceTypeNames,
        MaxCount = 4,
        Example = "REAL_TIME_5_MIN",
    };
    public static readonly Parameter PriceTypeList = PriceTypeFilter with { Name = "price_types", Description = "The price series; left out, all." };

    public static readonly Parameter LocationType = new("location_type", ParameterKind.Text, "What kind of place.") { Allowed = LocationTypeNames, Example = "HUB" };

    public static readonly Parameter MinPrice = new("min_price", ParameterKind.Number, "Lowest price wanted, $/MWh; may be negative.") { Example = "-50" };
    public static readonly Parameter MaxPrice = new("max_price", ParameterKind.Number, "Highest price wanted, $/MWh; may be negative.") { Example = "500" };

    public static readonly Parameter Start = new("start", ParameterKind.Time, "First interval start wanted, ISO 8601 with Z or an offset, inclusive.") { Example = "2026-11-22T00:00:00Z" };
    public static readonly Parameter End = new("end", ParameterKind.Time, "End of the interval starts wanted, ISO 8601 with Z or an offset, exclusive.") { Example = "2026-11-23T00:00:00Z" };

    public static readonly Parameter TimeSort = new("sort", ParameterKind.Text, "Order by interval start: asc (the default) or desc.") { Allowed = ["asc", "desc"], Example = "asc" };

    public static readonly Parameter Cursor = new("cursor", ParameterKind.Text, "The next_cursor of the page before, with everything else unchanged.") { MaxLength = 2_048 };

    public static readonly Parameter MaxRate = new("max_rate_hz", ParameterKind.Number, "Most sends a second; between two sends only the newest price of a location is kept.")
    {
        Min = SendRate.MinHz,
        Max = SendRate.MaxHz,
        Default = SendRate.DefaultHz,
    };

    public static Parameter Limit(int standard, int most) =>
        new("limit", ParameterKind.Integer, "Rows a page.") { Min = 1, Max = most, Default = standard };
}
