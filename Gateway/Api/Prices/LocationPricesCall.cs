using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Locations;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Prices;

/// <summary><c>GET /prices/{zone}/{location}</c>: one location whole, from its grain.</summary>
internal static class LocationPricesCall
{
    private static readonly ApiCall Call = new([]) { Example = Examples.LocationPrices, Refusals = [403, 404, 503] };

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/prices/{zone}/{**location}", HandleAsync)
        .Describe(Call, "GetLocationPrices", "One location",
            "The newest price of each price type with its rolling volatility, the DART spread and the basis to the hub, from the location's own grain. " +
            "The location is the market's id, or a name that only one location of the zone bears; it may hold slashes, encoded or not.")
        .WithMetadata(
            new PathParameter("zone", Parameters.Zone),
            new PathParameter("location", Parameters.RequiredLocation));

    private static async Task<WholeLocation> HandleAsync(
        HttpContext context, string zone, string? location, LocationLookup lookup, ILocationPrices locations, LocationResolver resolver, LivePrices prices, MatchingTicks ticks)
    {
        _ = Call.Read(context);
        ParameterCheck.Check(Parameters.Zone, zone);
        _ = MarketZones.TryParse(zone, out var market);
        var text = RawLocation.Of(context, location ?? "");
        ParameterCheck.Check(Parameters.RequiredLocation, text);

        var id = lookup.Find(market, text, context.User);
        var newest = await locations.GetNewestAsync(id);
        var place = resolver.Describe(id);
        var shown = prices.Find(id);
        var realTime = Spreads.NewestRealTime(newest);
        return new(new(
            id.Zone.Name(),
            id.Location,
            place?.Name,
            place is null ? null : PriceView.NameOf(place.Type),
            place?.Hub,
            [.. newest.Select(update => ViewOf(update, place, shown))],
            realTime is { } interval ? Spreads.Dart(interval, await DayAheadAsync(newest, interval, ticks, context.RequestAborted)) : null,
            await BasisAsync(realTime ?? newest.Select(static update => (PriceTick?)update.Tick).FirstOrDefault(), place, ticks, context.RequestAborted),
            Spreads.LastRevision(newest)));
    }

    // What the gateway shows of it already, when that is what the grain says.
    private static PriceView ViewOf(in PriceUpdate update, MarketLocation? place, LiveLocation? shown) =>
        shown?.Newest(update.Tick.PriceType) is { } price && price.Update == update ? price.View : PriceView.Of(update, place);

    private static async ValueTask<PriceTick?> DayAheadAsync(PriceUpdate[] newest, PriceTick interval, MatchingTicks ticks, CancellationToken cancellationToken)
    {
        var hour = Spreads.HourOf(interval.Timestamp);
        foreach (var update in newest)
        {
            if (update.Tick.PriceType.IsDayAhead() && update.Tick.Timestamp == hour) return update.Tick;
        }

        return await ticks.FindAsync(interval.LocationId, PriceType.DayAheadHourly, hour, cancellationToken);
    }

    private static async ValueTask<Basis?> BasisAsync(PriceTick? newest, MarketLocation? place, MatchingTicks ticks, CancellationToken cancellationToken)
    {
        if (newest is not { } price || place?.Hub is not { } hub || hub == price.Location) return null;
        return Spreads.Basis(price, await ticks.FindAsync(new LocationId(price.MarketZone, hub), price.PriceType, price.Timestamp, cancellationToken));
    }
}
