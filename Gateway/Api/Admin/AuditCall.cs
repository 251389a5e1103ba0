using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Security;
using OptiBid.Gateway.Security.ApiKeys;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Admin;

/// <summary><c>GET /admin/audit</c>: who did what, and who was kept from what.</summary>
internal static class AuditCall
{
    private const char Name = 'u';

    private static readonly Parameter ByActor = new("actor", ParameterKind.Text, "Who, exactly as recorded; left out, all.") { Example = "ann@example.com" };

    private static readonly Parameter Action = new("action", ParameterKind.Text,
        "What the action begins with: credentials. for all that was done to credentials, export. for exports, denied. for calls refused outside of administration. Left out, all.") { Example = "credentials." };

    private static readonly Parameter Allowed = new("allowed", ParameterKind.Flag, "True for callers who were let through, false for those who were not (401, 403). Left out, both.") { Example = "false" };

    private static readonly Parameter From = new("from", ParameterKind.Time, "Earliest instant, ISO 8601 with Z or an offset, inclusive; left out, no bound.") { Example = "2026-11-22T00:00:00Z" };

    private static readonly Parameter To = new("to", ParameterKind.Time, "End of the instants, ISO 8601 with Z or an offset, exclusive; left out, now.") { Example = "2026-11-23T00:00:00Z" };

    private static readonly Parameter Limit = Parameters.Limit(100, 1_000);

    private static readonly ApiCall Call = new([ByActor, Action, Allowed, From, To, Limit, Parameters.Cursor])
    {
        Example = """
            {"items":[
             {"at":"2026-11-22T17:25:00.118Z","actor":"ann@example.com","action":"credentials.set","target":"PJM","allowed":true,"status":200,"address":"10.0.0.7",
              "details":{"method":"PUT","path":"/api/v1/admin/connectors/PJM/credentials"}},
             {"at":"2026-11-22T17:24:03.502Z","actor":"bob@example.com","action":"export.prices","target":"PJM: 51288","allowed":true,"status":200,"address":"10.0.0.9",
              "details":{"format":"PARQUET","method":"POST","outcome":"complete","path":"/api/v1/prices/query","range":"2026-11-01T00:00:00Z/2026-11-22T00:00:00Z","rows":"6048"}}],
             "next_cursor":"AXUBdG9rZW4"}
            """,
        Refusals = [401, 403, 503],
    };

    public static void Map(IEndpointRouteBuilder admin) => admin.MapGet("/audit", HandleAsync)
        .Describe(Call, "ReadAudit", "Who did what",
            "The audit log, newest first: changes by operators and administrators, exports, and calls that were denied; by whom, when, from where, with which answer. Nothing in it changes. A record comes within moments of its call. Needs the role admin.")
        .RequireAuthorization(SecurityExtensions.Administrators)
        .WithMetadata(new AdminAction("audit.read", IsChange: false));

    private static async Task<Ok<AuditPage>> HandleAsync(HttpContext context, [FromServices] IAuditLog log)
    {
        var values = Call.Read(context);
        if (KeyIdentity.ZonesOf(context.User) != ZoneSet.All) throw ApiProblem.BeyondYourZones();
        var (from, to) = (values.Time(From), values.Time(To));
        if (from >= to) throw ApiProblem.InvalidParameter(From.Name, values.Text(From), "from must be before to.");

        var filters = Fingerprints.Of(values, Call);
        var limit = values.Integer(Limit)!.Value;
        var query = new AuditQuery
        {
            Actor = values.Text(ByActor),
            Action = values.Text(Action),
            Allowed = values.Has(Allowed) ? values.Flag(Allowed) : null,
            From = from,
            Before = to,
            After = values.Text(Parameters.Cursor) is { } cursor ? Cursor.Read(cursor, Name, filters, ReadPlace) : null,
            Limit = limit + 1,
        };
        var entries = await log.ReadAsync(query, context.RequestAborted).ToListAsync(context.RequestAborted);
        var next = entries.Count > limit ? Cursor.Write(Name, filters, writer => Write(writer, entries[limit - 1].Place)) : null;
        return TypedResults.Ok(new AuditPage([.. entries.Take(limit).Select(AuditView.Of)], next));
    }

    private static void Write(BinaryWriter writer, AuditPlace place)
    {
        writer.Write(place.At.UtcTicks);
        writer.Write(place.Id);
    }

    private static AuditPlace ReadPlace(BinaryReader reader) => new(new(reader.ReadInt64(), TimeSpan.Zero), reader.ReadInt64());
}
