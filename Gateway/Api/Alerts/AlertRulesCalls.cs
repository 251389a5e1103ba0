using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Alerts;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Api.Admin.Keys;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Audit;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Security;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Alerts;

/// <summary><c>/alerts/rules</c>: what a user wants to be told of. Another user's rules are not there for him, nor are those of zones he may not see.</summary>
internal static class AlertRulesCalls
{
    private const string Root = "/api/v1/alerts/rules/";

    private const string BodyExample = """
        {"name":"Western Hub dear","zone":"PJM","locations":["WESTERN HUB"],"price_type":"REAL_TIME_5_MIN","kind":"ABOVE","threshold":100,"hysteresis":10,"cool_down_seconds":900,
         "enabled":true,"webhook":"https://example.com/alerts"}
        """;

    private static readonly PathParameter Id = new("id", new Parameter("id", ParameterKind.Text, "The rule's id.") { Example = "0f6c2b9e" });

    private static readonly ApiCall ListCall = new([]) { Example = $$"""{"items":[{{AlertRuleView.Example}}]}""", Refusals = [401, 403, 503] };

    private static readonly ApiCall OneCall = new([]) { Example = AlertRuleView.Example, Refusals = [401, 403, 404, 503] };

    private static readonly ApiCall SaveCall = new(AlertRuleReading.Fields, InBody: true)
    {
        BodyExample = BodyExample,
        Example = AlertRuleView.ExampleWithSecret,
        Refusals = [401, 403, 404, 409, 413, 415, 503],
    };

    public static void Map(IEndpointRouteBuilder alerts)
    {
        var group = alerts.MapGroup("/rules");
        group.MapGet("", ListAsync).Describe(ListCall, "ListAlertRules", "Your alert rules", "Oldest first. Needs the role trader.");
        group.MapGet("/{id}", ReadAsync).WithMetadata(Id).Describe(OneCall, "GetAlertRule", "One alert rule", "As it is kept. Needs the role trader.");
        group.MapPost("", CreateAsync).CountsAsExport().WithMetadata(new AdminAction("alert-rules.create", IsChange: true)).Describe(SaveCall, "CreateAlertRule", "Make an alert rule",
            "It is in force within seconds. Where it has a webhook, the answer has webhook_secret, which its posts are signed with, this once. " +
            $"A user has {AlertRule.MaxRules} rules at the most. Needs the role trader.")
            .Produces<AlertRuleView>(StatusCodes.Status201Created);
        group.MapPut("/{id}", ReplaceAsync).CountsAsExport().WithMetadata(Id, new AdminAction("alert-rules.replace", IsChange: true)).Describe(SaveCall, "ReplaceAlertRule", "Change an alert rule",
            "Puts the whole rule in place of the one there is: what is left out is as for a new one. Where that makes a new secret for the webhook, the answer has it as webhook_secret. Needs the role trader.");
        group.MapDelete("/{id}", DeleteAsync).CountsAsExport().WithMetadata(Id, new AdminAction("alert-rules.delete", IsChange: true)).Describe(OneCall, "DeleteAlertRule", "End an alert rule",
            "Answers with the rule as it was. What it has fired stays to be read. Needs the role trader.");
    }

    private static async Task<Ok<AlertRuleList>> ListAsync(HttpContext context, [FromServices] IAlertRules rules, ZoneVisibility visibility)
    {
        _ = ListCall.Read(context);
        var visible = visibility.For(context.User);
        return TypedResults.Ok(new AlertRuleList(
            [.. (await rules.Of(AlertUser.Of(context.User)).GetRulesAsync()).Where(rule => visible.Contains(rule.Zone)).Select(static rule => AlertRuleView.Of(rule))]));
    }

    private static async Task<Ok<AlertRuleView>> ReadAsync(HttpContext context, string id, [FromServices] IAlertRules rules, ZoneVisibility visibility)
    {
        _ = OneCall.Read(context);
        return TypedResults.Ok(AlertRuleView.Of(await FindAsync(rules.Of(AlertUser.Of(context.User)), id, visibility.For(context.User))));
    }

    private static async Task<Created<AlertRuleView>> CreateAsync(HttpContext context, [FromServices] IAlertRules rules, AlertRuleReading reading)
    {
        var mine = rules.Of(AlertUser.Of(context.User));
        var rule = reading.Read(await SaveCall.ReadBodyAsync(context), context.User);
        var saved = await SaveAsync(context, mine, rule);
        context.Features.Set(new AuditTarget(saved.Id));
        return TypedResults.Created(Root + Uri.EscapeDataString(saved.Id), saved);
    }

    private static async Task<Ok<AlertRuleView>> ReplaceAsync(HttpContext context, string id, [FromServices] IAlertRules rules, AlertRuleReading reading, ZoneVisibility visibility)
    {
        var mine = rules.Of(AlertUser.Of(context.User));
        var rule = reading.Read(await SaveCall.ReadBodyAsync(context), context.User);
        _ = await FindAsync(mine, id, visibility.For(context.User));
        return TypedResults.Ok(await SaveAsync(context, mine, rule with { Id = id }));
    }

    private static async Task<Ok<AlertRuleView>> DeleteAsync(HttpContext context, string id, [FromServices] IAlertRules rules, ZoneVisibility visibility)
    {
        _ = OneCall.Read(context);
        var mine = rules.Of(AlertUser.Of(context.User));
        var rule = await FindAsync(mine, id, visibility.For(context.User));
        return await mine.DeleteRuleAsync(id) ? TypedResults.Ok(AlertRuleView.Of(rule)) : throw ApiProblem.UnknownAlertRule(id);
    }

    private static async Task<AlertRule> FindAsync(IAlertRulesGrain mine, string id, ZoneSet visible) =>
        (await mine.GetRulesAsync()).FirstOrDefault(rule => rule.Id == id && visible.Contains(rule.Zone)) ?? throw ApiProblem.UnknownAlertRule(id);

    private static async Task<AlertRuleView> SaveAsync(HttpContext context, IAlertRulesGrain mine, AlertRule rule)
    {
        try
        {
            var saved = await mine.SaveRuleAsync(rule);
            if (saved.WebhookSecret is not null) KeyIssuing.KeepOutOfCaches(context);
            return AlertRuleView.Of(saved.Rule, saved.WebhookSecret);
        }
        catch (AlertRuleRefusedException refusal)
        {
            throw refusal.IsUnknown ? ApiProblem.UnknownAlertRule(rule.Id) : ApiProblem.AlertRuleRefused(refusal.Message);
        }
    }
}
