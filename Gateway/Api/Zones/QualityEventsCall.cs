using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Security;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Zones;

/// <summary><c>GET /quality/events</c>: findings about the data, one by one.</summary>
internal static class QualityEventsCall
{
    private const char Name = 'q';

    private static readonly Parameter Kind = new("kind", ParameterKind.Text, "What is the matter; left out, all.") { Allowed = QualityNames.Kinds, Example = "STALE_FEED" };

    private static readonly Parameter From = new("from", ParameterKind.Time, "Earliest instant of being seen, ISO 8601 with Z or an offset, inclusive; left out, no bound.") { Example = "2026-11-22T00:00:00Z" };

    private static readonly Parameter To = new("to", ParameterKind.Time, "End of the instants of being seen, ISO 8601 with Z or an offset, exclusive; left out, now.") { Example = "2026-11-23T00:00:00Z" };

    private static readonly Parameter Limit = Parameters.Limit(100, 1_000);

    private static readonly ApiCall Call = new([Parameters.ZoneFilter, Kind, From, To, Limit, Parameters.Cursor])
    {
        Example = """
            {"items":[
             {"id":"PJM/STALE_FEED/pjm:rt_unverified_fivemin_lmps/REAL_TIME_5_MIN/20261122T172500Z","market_zone":"PJM","feed":"pjm:rt_unverified_fivemin_lmps","location":null,
              "price_type":"REAL_TIME_5_MIN","kind":"STALE_FEED","severity":"CRITICAL","timestamp":"2026-11-22T17:25:00Z","observed_at":"2026-11-22T17:55:01.2Z","ended_at":null,
              "value":1501.2,"limit":null,"count":1,"message":"pjm:rt_unverified_fivemin_lmps has brought nothing after the interval of 2026-11-22 17:25:00Z"}],
             "next_cursor":"AXEBdG9rZW4"}
            """,
        Refusals = [401, 403, 503],
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/quality/events", HandleAsync)
        .Describe(Call, "ListQualityEvents", "Findings about the data",
            "What was found amiss, newest first: flat-lined prices, spikes, components that do not add up, stale feeds, gaps, incomplete hours, refused records. Each is there once, with its end when it has ended; " +
            "one with a count above 1 sums up a storm. Needs the role operator.")
        .RequireAuthorization(SecurityExtensions.Operators);

    private static async Task<Ok<QualityEventPage>> HandleAsync(HttpContext context, [FromServices] IQualityEvents history, ZoneVisibility visibility)
    {
        var values = Call.Read(context);
        var zones = values.Zones(Parameters.ZoneFilter, visibility.For(context.User));
        var (from, to) = (values.Time(From), values.Time(To));
        if (from >= to) throw ApiProblem.InvalidParameter(From.Name, values.Text(From), "from must be before to.");

        var filters = Fingerprints.Of(values, Call);
        var limit = values.Integer(Limit)!.Value;
        var query = new QualityEventQuery
        {
            Zones = [.. zones.Enumerate()],
            Kind = QualityNames.TryParse(values.Text(Kind), out QualityKind kind) ? kind : null,
            From = from,
            Before = to,
            After = values.Text(Parameters.Cursor) is { } cursor ? Cursor.Read(cursor, Name, filters, ReadPlace) : null,
            Limit = limit + 1,
        };
        var findings = await history.ReadAsync(query, context.RequestAborted).ToListAsync(context.RequestAborted);
        var next = findings.Count > limit ? Cursor.Write(Name, filters, writer => Write(writer, findings[limit - 1])) : null;
        return TypedResults.Ok(new QualityEventPage([.. findings.Take(limit).Select(QualityEventView.Of)], next));
    }

    private static void Write(BinaryWriter writer, QualityEvent finding)
    {
        writer.Write(finding.ObservedAt.UtcTicks);
        writer.Write(finding.Id);
    }

    private static (DateTimeOffset, string) ReadPlace(BinaryReader reader) => (new(reader.ReadInt64(), TimeSpan.Zero), reader.ReadString());
}
