using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Requests;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Admin;

/// <summary><c>GET /admin/connectors/{zone}/ingestions</c>: the log of fetches, which says why there is a hole.</summary>
internal static class IngestionsCall
{
    private static readonly Parameter Feed = new("feed", ParameterKind.Text, "The feed's full name; left out, all of the zone.") { Example = "pjm:rt_unverified_fivemin_lmps" };

    private static readonly Parameter Covering = new("covering", ParameterKind.Time,
        "Start of an interval, ISO 8601 with Z or an offset: only fetches that asked for it or had it.") { Example = "2026-11-22T14:35:00Z" };

    private static readonly Parameter Start = Parameters.Start with { Description = "Earliest start of a fetch, ISO 8601 with Z or an offset; left out, no bound." };

    private static readonly Parameter End = Parameters.End with { Description = "End of the starts of fetches, exclusive; left out, now." };

    private static readonly Parameter Outcome = new("outcome", ParameterKind.Text, "How the fetch went.")
    {
        Allowed = [.. Enum.GetNames<IngestionOutcome>().Select(name => name.ToUpperInvariant())],
        Example = "FAILED",
    };

    private static readonly Parameter Limit = Parameters.Limit(100, 1_000);

    private static readonly ApiCall Call = new([Feed, Covering, Outcome, Start, End, Limit])
    {
        Example = """
            {"items":[{"market_zone":"PJM","feed":"pjm:rt_unverified_fivemin_lmps","started_at":"2026-11-22T14:36:40Z","duration_seconds":61.2,"reason":"POLL",
             "outcome":"FAILED","source":null,"range_start":"2026-11-22T14:00:00Z","range_end":null,"first_interval":null,"last_interval":null,
             "rows":{"read":0,"accepted":0,"revised":0,"duplicate":0,"rejected":0},"message":"pjm:rt_unverified_fivemin_lmps: HTTP 503: the market has trouble of its own"}]}
            """,
        Refusals = [401, 403, 503],
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/connectors/{zone}/ingestions", HandleAsync)
        .WithMetadata(AdminZone.Parameter, new AdminAction("ingestions.read", IsChange: false))
        .Describe(Call, "ListIngestions", "What each fetch did",
            "The log of a zone's fetches, newest first: rows, duration, outcome and error in words. With covering it answers why there is a hole at that time.");

    private static async Task<Ok<IngestionList>> HandleAsync(HttpContext context, string zone, [FromServices] IIngestionLog log)
    {
        var values = Call.Read(context);
        var query = new IngestionQuery
        {
            Zone = AdminZone.Read(zone),
            Feed = values.Text(Feed),
            Covering = values.Time(Covering),
            Outcome = Enum.TryParse<IngestionOutcome>(values.Text(Outcome), ignoreCase: true, out var outcome) ? outcome : null,
            StartedFrom = values.Time(Start),
            StartedBefore = values.Time(End),
            Limit = values.Integer(Limit)!.Value,
        };
        return TypedResults.Ok(new IngestionList(await log.ReadAsync(query, context.RequestAborted).Select(IngestionView.Of).ToListAsync(context.RequestAborted)));
    }
}
