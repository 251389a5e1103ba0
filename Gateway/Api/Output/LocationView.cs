using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Output;

/// <summary>A location of the directory.</summary>
/// <param name="MarketZone">The market.</param>
/// <param name="Location">The market's own id of the place.</param>
/// <param name="LocationName">The market's name for it; need not be unique.</param>
/// <param name="LocationType">What kind of place it is: HUB, ZONE, INTERFACE, GEN, LOAD, NODE, BUS or AGGREGATE.</param>
/// <param name="Hub">The hub its basis is taken against; null where the market has none.</param>
public sealed record LocationView(string MarketZone, string Location, string LocationName, string LocationType, string? Hub)
{
    internal static LocationView Of(MarketLocation location) => new(
        location.Id.Zone.Name(), location.Id.Location, location.Name, PriceView.NameOf(location.Type), location.Hub);
}
