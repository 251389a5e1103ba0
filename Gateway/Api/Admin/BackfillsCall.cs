using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Admin;

/// <summary><c>/admin/connectors/{zone}/backfills</c>: asks for ranges of the past, shows how far they are, ends them.</summary>
internal static class BackfillsCall
{
    private const string Example = """
        {"id":"5b0f6d1c0c6e4f0e9a3b1f6f0d7a2c11","feed":"pjm:rt_hrl_lmps","start":"2026-10-01T00:00:00Z","end":"2026-11-01T00:00:00Z","state":"RUNNING",
         "done_through":"2026-10-08T00:00:00Z","progress":0.2258,"requested_at":"2026-11-22T17:00:00Z","ended_at":null,
         "rows":{"read":2276232,"accepted":2276232,"revised":0,"duplicate":0,"rejected":0},"message":null}
        """;

    private static readonly Parameter Feed = new("feed", ParameterKind.Text, "The feed, with or without the zone's prefix.") { IsRequired = true, Example = "rt_hrl_lmps" };

    private static readonly Parameter Start = Parameters.Start with { IsRequired = true };

    private static readonly Parameter End = Parameters.End with { IsRequired = true };

    private static readonly PathParameter Id = new("id", new Parameter("id", ParameterKind.Text, "The backfill's id."));

    private static readonly ApiCall Add = new([Feed, Start, End], InBody: true)
    {
        BodyExample = """{"feed":"rt_hrl_lmps","start":"2026-10-01T00:00:00Z","end":"2026-11-01T00:00:00Z"}""",
        Example = Example,
        Refusals = [401, 403, 409, 413, 415, 503],
    };

    private static readonly ApiCall List = new([]) { Example = $$"""{"items":[{{Example}}]}""", Refusals = [401, 403, 503] };

    private static readonly ApiCall Cancel = new([]) { Example = Example, Refusals = [401, 403, 404, 503] };

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("/connectors/{zone}/backfills", AddAsync).WithMetadata(AdminZone.Parameter, new AdminAction("backfills.start", IsChange: true)).Describe(Add, "StartBackfill", "Read a range of the past",
            "Backfills of a zone run one after the other, in pieces the market is willing to answer, and go on after a crash where they were. Their calls give way to those for live prices. What is read again changes nothing unless the market has changed it.");
        group.MapGet("/connectors/{zone}/backfills", ListAsync).WithMetadata(AdminZone.Parameter, new AdminAction("backfills.list", IsChange: false)).Describe(List, "ListBackfills", "Backfills and how far they are",
            "Those that wait or run, and the last that ended, newest first.");
        group.MapDelete("/connectors/{zone}/backfills/{id}", CancelAsync).WithMetadata(AdminZone.Parameter, Id, new AdminAction("backfills.cancel", IsChange: true)).Describe(Cancel, "CancelBackfill", "End a backfill",
            "What it has published stays.");
    }

    private static async Task<Ok<BackfillView>> AddAsync(HttpContext context, string zone, [FromServices] IZoneConnectors connectors)
    {
        var values = await Add.ReadBodyAsync(context);
        var request = new BackfillRequest(values.Text(Feed)!, values.Time(Start)!.Value, values.Time(End)!.Value);
        try
        {
            return TypedResults.Ok(BackfillView.Of(await connectors.Of(AdminZone.Read(zone)).BackfillAsync(request)));
        }
        catch (BackfillRefusedException refusal)
        {
            throw ApiProblem.BackfillRefused(refusal.Message);
        }
    }

    private static async Task<Ok<BackfillList>> ListAsync(HttpContext context, string zone, [FromServices] IZoneConnectors connectors)
    {
        _ = List.Read(context);
        return TypedResults.Ok(new BackfillList([.. (await connectors.Of(AdminZone.Read(zone)).GetBackfillsAsync()).Select(BackfillView.Of)]));
    }

    private static async Task<Ok<BackfillView>> CancelAsync(HttpContext context, string zone, string id, [FromServices] IZoneConnectors connectors)
    {
        _ = Cancel.Read(context);
        return TypedResults.Ok(BackfillView.Of(await connectors.Of(AdminZone.Read(zone)).CancelBackfillAsync(id) ?? throw ApiProblem.UnknownBackfill(id)));
    }
}
