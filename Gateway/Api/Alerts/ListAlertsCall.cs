using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Alerts;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Security;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Alerts;

/// <summary><c>GET /alerts</c>: what a user's rules have fired lately.</summary>
internal static class ListAlertsCall
{
    private const char Name = 'a';

    private static readonly Parameter Rule = new("rule", ParameterKind.Text, "The id of a rule; left out, all.") { Example = "0f6c2b9e" };

    private static readonly Parameter Limit = Parameters.Limit(100, 1_000);

    private static readonly ApiCall Call = new([Parameters.ZoneFilter, Rule, Limit, Parameters.Cursor])
    {
        Example = $$"""{"items":[{{AlertView.Example}}],"next_cursor":"AWEBdG9rZW4"}""",
        Refusals = [401, 403, 503],
    };

    public static void Map(IEndpointRouteBuilder alerts) => alerts.MapGet("", HandleAsync)
        .Describe(Call, "ListAlerts", "What your rules have fired",
            "The newest first, those of rules that have ended too, with what became of their posts to webhooks. Read it after a connection was lost: what fired meanwhile is not pushed again. Needs the role trader.");

    private static async Task<Ok<AlertPage>> HandleAsync(HttpContext context, [FromServices] IAlertRules rules, ZoneVisibility visibility)
    {
        var values = Call.Read(context);
        var zones = values.Zones(Parameters.ZoneFilter, visibility.For(context.User));
        var rule = values.Text(Rule);
        var limit = values.Integer(Limit)!.Value;
        var filters = Fingerprints.Of(values, Call);
        (long Ticks, string Id)? after = values.Text(Parameters.Cursor) is { } cursor ? Cursor.Read(cursor, Name, filters, static reader => (reader.ReadInt64(), reader.ReadString())) : null;
        Alert[] found =
        [
            .. (await rules.Of(AlertUser.Of(context.User)).GetAlertsAsync())
                .Where(alert => zones.Contains(alert.Zone) && (rule is null || alert.RuleId == rule))
                .OrderByDescending(static alert => alert.FiredAt.UtcTicks).ThenByDescending(static alert => alert.Id, StringComparer.Ordinal)
                .Where(alert => after is not { } place || alert.FiredAt.UtcTicks < place.Ticks || alert.FiredAt.UtcTicks == place.Ticks && string.CompareOrdinal(alert.Id, place.Id) < 0)
                .Take(limit + 1),
        ];
        var next = found.Length > limit ? Cursor.Write(Name, filters, writer => Write(writer, found[limit - 1])) : null;
        return TypedResults.Ok(new AlertPage([.. found.Take(limit).Select(AlertView.Of)], next));
    }

    private static void Write(BinaryWriter writer, Alert last)
    {
        writer.Write(last.FiredAt.UtcTicks);
        writer.Write(last.Id);
    }
}
