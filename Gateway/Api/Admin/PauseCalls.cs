using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Api.Docs;

namespace OptiBid.Gateway.Api.Admin;

/// <summary><c>POST /admin/connectors/{zone}/pause</c> and <c>/resume</c>.</summary>
internal static class PauseCalls
{
    private static readonly ApiCall Call = new([]) { Example = ConnectorsCall.Example, Refusals = [401, 403, 503] };

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("/connectors/{zone}/pause", PauseAsync).WithMetadata(AdminZone.Parameter, new AdminAction("connectors.pause", IsChange: true)).Describe(Call, "PauseConnector", "Pause a zone's connector",
            "It asks its market for nothing any more, backfills included, also after a restart, until it is resumed. Prices published by others still come.");
        group.MapPost("/connectors/{zone}/resume", ResumeAsync).WithMetadata(AdminZone.Parameter, new AdminAction("connectors.resume", IsChange: true)).Describe(Call, "ResumeConnector", "Resume a zone's connector",
            "It goes on from where it was, so that what the market still tells of the time between is not missed.");
    }

    private static async Task<Ok<ConnectorView>> PauseAsync(HttpContext context, string zone, [FromServices] IZoneConnectors connectors, TimeProvider clock)
    {
        _ = Call.Read(context);
        return TypedResults.Ok(ConnectorView.Of(await connectors.Of(AdminZone.Read(zone)).PauseAsync(Actor.Of(context)), clock.GetUtcNow()));
    }

    private static async Task<Ok<ConnectorView>> ResumeAsync(HttpContext context, string zone, [FromServices] IZoneConnectors connectors, TimeProvider clock)
    {
        _ = Call.Read(context);
        return TypedResults.Ok(ConnectorView.Of(await connectors.Of(AdminZone.Read(zone)).ResumeAsync(), clock.GetUtcNow()));
    }
}
