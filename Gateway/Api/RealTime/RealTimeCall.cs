using OptiBid.Gateway.Alerts;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Locations;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.RealTime;

/// <summary><c>GET /stream/real-time</c>: live prices as server-sent events.</summary>
internal static class RealTimeCall
{
    private static readonly ApiCall Call = new([Parameters.ZoneFilter, Parameters.LocationFilter, Parameters.PriceTypeFilter, Parameters.MaxRate])
    {
        OtherFormats = new Dictionary<string, string?> { ["text/event-stream"] = Examples.EventStream },
        Refusals = [403],
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/stream/real-time", HandleAsync)
        .Describe(Call, "StreamRealTime", "Live prices as they move",
            "Server-sent events: `snapshot` with the newest prices first, then `prices` with those that moved or got a name, at most max_rate_hz times a second, " +
            "`lag` with the number of prices a slow reader missed, and a comment every 15 s. Reconnecting with Last-Event-ID starts with a snapshot again. " +
            "Traders also get `alerts` with what their rules have fired, of whatever zone and location, at once and without an id; after a reconnection read /alerts.")
        .HoldsConnection()
        .Produces(200, contentType: "text/event-stream");

    private static async Task<RealTimeStream> HandleAsync(HttpContext context, Subscriptions subscriptions, LocationResolver locations, ZoneVisibility visibility, AlertListeners alerts)
    {
        var values = Call.Read(context);
        var zones = values.Zones(Parameters.ZoneFilter, visibility.For(context.User));
        var filter = new PriceFilter(
            zones,
            values.Has(Parameters.LocationFilter) ? locations.ResolveAll(zones, values.Texts(Parameters.LocationFilter)) : null,
            values.PriceTypes(Parameters.PriceTypeFilter));
        return new RealTimeStream(subscriptions.Open(filter, values.Number(Parameters.MaxRate)!.Value), await alerts.OpenAsync(context.User));
    }
}
