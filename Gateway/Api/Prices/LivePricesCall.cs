using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Locations;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.Prices;

/// <summary><c>GET /prices/live</c>: the newest prices, from memory.</summary>
internal static class LivePricesCall
{
    private static readonly Parameter Sort = new("sort", ParameterKind.Text,
        "Order; a minus sign turns it round, prices without the value come last. By a value that moves, a page shows the order of its moment.")
    {
        Allowed = LiveSort.Names,
        Example = "-price",
    };

    private static readonly Parameter Limit = Parameters.Limit(100, 1_000);

    private static readonly ApiCall Call = new(
    [
        Parameters.ZoneFilter, Parameters.LocationFilter, Parameters.LocationType, Parameters.PriceTypeFilter,
        Parameters.MinPrice, Parameters.MaxPrice, Sort, Limit, Parameters.Cursor,
    ])
    {
        Example = Examples.PricePage,
        Refusals = [403],
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/prices/live", Handle)
        .Describe(Call, "GetLivePrices", "Newest prices",
            "The newest price of each location and price type, from memory. Sorted by location unless asked otherwise; paged.");

    private static LivePage Handle(HttpContext context, LivePrices prices, LocationResolver locations, ZoneVisibility visibility)
    {
        var values = Call.Read(context);
        var zones = values.Zones(Parameters.ZoneFilter, visibility.For(context.User));
        var (min, max) = values.Prices();
        var listing = new LiveListing
        {
            Filter = new PriceFilter(
                zones,
                values.Has(Parameters.LocationFilter) ? locations.ResolveAll(zones, values.Texts(Parameters.LocationFilter)) : null,
                values.PriceTypes(Parameters.PriceTypeFilter)),
            LocationType = values.Text(Parameters.LocationType)?.ToUpperInvariant(),
            MinPrice = min,
            MaxPrice = max,
            Sort = new LiveSort(values.Text(Sort) ?? "location"),
            Limit = values.Integer(Limit)!.Value,
        };
        return listing.Page(prices, () => Fingerprints.Of(values, Call), values.Text(Parameters.Cursor));
    }
}
