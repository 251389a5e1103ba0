using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Security.ApiKeys;

namespace OptiBid.Gateway.Api.Admin;

/// <summary><c>GET /admin/connectors</c> and <c>/admin/connectors/{zone}</c>: what each feed is doing.</summary>
internal static class ConnectorsCall
{
    /// <summary>A connector as it is shown.</summary>
    public const string Example = """
        {"market_zone":"PJM","paused":null,"load":83100,"load_forecast":83211,"renewable_percentage":8.4,"feeds":[
          {"feed":"pjm:rt_unverified_fivemin_lmps","source":null,"last_success":"2026-11-22T17:26:40Z","last_error":null,"last_error_at":null,"failures_in_a_row":0,
           "warning":null,"read_through":"2026-11-22T17:30:00Z","lag_seconds":-200,"next_poll":"2026-11-22T17:31:40Z","holes":0,
           "rows":{"read":94843,"accepted":13549,"revised":0,"duplicate":81294,"rejected":0}}]}
        """;

    private static readonly ApiCall All = new([]) { Example = $$"""{"items":[{{Example}}]}""", Refusals = [401, 403, 503] };

    private static readonly ApiCall One = new([]) { Example = Example, Refusals = [401, 403, 503] };

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/connectors", AllAsync).WithMetadata(new AdminAction("connectors.list", IsChange: false)).Describe(All, "ListConnectors", "State of all connectors",
            "Every zone that is read, and for each of its feeds: last success, last error and warning in words, rows, lag, next poll.");
        group.MapGet("/connectors/{zone}", OneAsync).WithMetadata(AdminZone.Parameter, new AdminAction("connectors.read", IsChange: false)).Describe(One, "GetConnector", "State of a zone's connector",
            "The same for one zone; a zone that is off has no feeds.");
    }

    private static async Task<Ok<ConnectorList>> AllAsync(HttpContext context, [FromServices] IZoneConnectors connectors, TimeProvider clock)
    {
        _ = All.Read(context);
        var states = await Task.WhenAll(KeyIdentity.ZonesOf(context.User).Enumerate().Select(zone => connectors.Of(zone).GetStatusAsync()));
        return TypedResults.Ok(new ConnectorList([.. states.Where(state => state.Feeds.Length > 0).Select(state => ConnectorView.Of(state, clock.GetUtcNow()))]));
    }

    private static async Task<Ok<ConnectorView>> OneAsync(HttpContext context, string zone, [FromServices] IZoneConnectors connectors, TimeProvider clock)
    {
        _ = One.Read(context);
        var status = await connectors.Of(AdminZone.Read(zone)).GetStatusAsync();
        return TypedResults.Ok(ConnectorView.Of(status, clock.GetUtcNow()));
    }
}
