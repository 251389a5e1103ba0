using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Security;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Backfills;

/// <summary><c>/backfill</c>: asks for ranges of the past, shows how far they are, ends them.</summary>
internal static class BackfillsApi
{
    private const string Root = "/api/v1/backfill/";

    private const string Example = """
        {"id":"PJM-5b0f6d1c0c6e4f0e9a3b1f6f0d7a2c11","market_zone":"PJM","start":"2026-10-01T00:00:00Z","end":"2026-11-01T00:00:00Z","state":"RUNNING",
         "progress":0.2258,"requested_at":"2026-11-22T17:00:00Z","ended_at":null,
         "rows":{"read":2276232,"accepted":2276232,"revised":0,"duplicate":0,"rejected":0},
         "feeds":[{"feed":"pjm:rt_hrl_lmps","state":"RUNNING","done_through":"2026-10-08T00:00:00Z","progress":0.2258,"ended_at":null,
           "rows":{"read":2276232,"accepted":2276232,"revised":0,"duplicate":0,"rejected":0},"message":null}]}
        """;

    private static readonly Parameter Feeds = new("feeds", ParameterKind.Text, "The feeds, with or without the zone's prefix; left out, every feed of prices that has a past.")
    {
        MaxCount = 20,
        Example = "rt_hrl_lmps",
    };

    private static readonly Parameter Start = Parameters.Start with { IsRequired = true };

    private static readonly Parameter End = Parameters.End with { IsRequired = true };

    private static readonly PathParameter Id = new("id", new Parameter("id", ParameterKind.Text, "The backfill's id.") { Example = "PJM-5b0f6d1c0c6e4f0e9a3b1f6f0d7a2c11" });

    private static readonly ApiCall AddCall = new([Parameters.RequiredZone, Feeds, Start, End], InBody: true)
    {
        BodyExample = """{"zone":"PJM","feeds":["rt_hrl_lmps"],"start":"2026-10-01T00:00:00Z","end":"2026-11-01T00:00:00Z"}""",
        Example = Example,
        Refusals = [401, 403, 409, 413, 415, 503],
    };

    private static readonly ApiCall ListCall = new([Parameters.ZoneFilter]) { Example = $$"""{"items":[{{Example}}]}""", Refusals = [401, 403, 503] };

    private static readonly ApiCall OneCall = new([]) { Example = Example, Refusals = [401, 403, 404, 503] };

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/backfill").WithTags("Backfill").RequireAuthorization(SecurityExtensions.Operators);
        group.MapPost("/historical", AddAsync).WithMetadata(new AdminAction("backfills.start", IsChange: true)).Describe(AddCall, "StartBackfill", "Read a range of the past",
            "Backfills of a zone run one after the other, feed by feed, in pieces the market is willing to answer, and go on after a crash where they were. Their calls give way to those for live prices. " +
            "What is read again changes nothing unless the market has changed it. Needs the role operator.")
            .Produces<BackfillView>(StatusCodes.Status202Accepted);
        group.MapGet("", ListAsync).WithMetadata(new AdminAction("backfills.list", IsChange: false)).Describe(ListCall, "ListBackfills", "Backfills and how far they are",
            "Those that wait or run, and the last that ended. Needs the role operator.");
        group.MapGet("/{id}", ReadAsync).WithMetadata(Id, new AdminAction("backfills.read", IsChange: false)).Describe(OneCall, "GetBackfill", "How far a backfill is",
            "Progress, rows and trouble, in all and of each feed. Needs the role operator.");
        group.MapDelete("/{id}", CancelAsync).WithMetadata(Id, new AdminAction("backfills.cancel", IsChange: true)).Describe(OneCall, "CancelBackfill", "End a backfill",
            "What it has published stays. Needs the role operator.");
    }

    private static async Task<Accepted<BackfillView>> AddAsync(HttpContext context, [FromServices] IZoneConnectors connectors, ZoneVisibility visibility)
    {
        var values = await AddCall.ReadBodyAsync(context);
        var zone = values.Zone(Parameters.RequiredZone)!.Value;
        if (!visibility.For(context.User).Contains(zone)) throw ApiProblem.ZoneNotPublic(zone.Name());
        var request = new BackfillRequest([.. values.Texts(Feeds)], values.Time(Start)!.Value, values.Time(End)!.Value);
        try
        {
            var view = BackfillView.Of(zone, await connectors.Of(zone).BackfillAsync(request));
            return TypedResults.Accepted(Root + view.Id, view);
        }
        catch (BackfillRefusedException refusal)
        {
            throw ApiProblem.BackfillRefused(refusal.Message);
        }
    }

    private static async Task<Ok<BackfillList>> ListAsync(HttpContext context, [FromServices] IZoneConnectors connectors, ZoneVisibility visibility)
    {
        var zones = ListCall.Read(context).Zones(Parameters.ZoneFilter, visibility.For(context.User));
        var lists = await Task.WhenAll(MarketZones.All.Where(zones.Contains).Select(async zone => BackfillView.AllOf(zone, await connectors.Of(zone).GetBackfillsAsync())));
        return TypedResults.Ok(new BackfillList([.. lists.SelectMany(static list => list)]));
    }

    private static async Task<Ok<BackfillView>> ReadAsync(HttpContext context, string id, [FromServices] IZoneConnectors connectors, ZoneVisibility visibility)
    {
        _ = OneCall.Read(context);
        var (zone, request) = Parse(id, visibility.For(context.User));
        return TypedResults.Ok(BackfillView.AllOf(zone, await connectors.Of(zone).GetBackfillsAsync()).FirstOrDefault(view => view.Id == new BackfillId(zone, request).ToString())
            ?? throw ApiProblem.UnknownBackfill(id));
    }

    private static async Task<Ok<BackfillView>> CancelAsync(HttpContext context, string id, [FromServices] IZoneConnectors connectors, ZoneVisibility visibility)
    {
        _ = OneCall.Read(context);
        var (zone, request) = Parse(id, visibility.For(context.User));
        return await connectors.Of(zone).CancelBackfillAsync(request) is { Length: > 0 } jobs
            ? TypedResults.Ok(BackfillView.Of(zone, jobs))
            : throw ApiProblem.UnknownBackfill(id);
    }

    private static BackfillId Parse(string id, Live.ZoneSet visible) =>
        BackfillId.TryParse(id, out var parsed) && visible.Contains(parsed.Zone) ? parsed : throw ApiProblem.UnknownBackfill(id);
}
