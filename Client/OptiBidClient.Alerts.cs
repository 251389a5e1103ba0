using System.Net.Http.Json;
using OptiBid.Client.Models;
using OptiBid.Client.Requests;

namespace OptiBid.Client;

/// <remarks>Alert rules are of whoever calls, and need the role trader.</remarks>
public sealed partial class OptiBidClient
{
    private const string Rules = "alerts/rules";

    /// <summary>The caller's alert rules, oldest first.</summary>
    public async Task<IReadOnlyList<AlertRule>> GetAlertRulesAsync(CancellationToken cancellationToken = default) =>
        (await GetAsync(Rules, ClientJson.Default.AlertRuleList, cancellationToken)).Items;

    /// <summary>One alert rule of the caller's.</summary>
    public Task<AlertRule> GetAlertRuleAsync(string id, CancellationToken cancellationToken = default) => GetAsync(PathOf(id), ClientJson.Default.AlertRule, cancellationToken);

    /// <summary>Makes an alert rule. Where it has a webhook, the answer has the secret that its posts are signed with, this once.</summary>
    public Task<AlertRule> CreateAlertRuleAsync(AlertRuleRequest rule, CancellationToken cancellationToken = default) => SaveAsync(HttpMethod.Post, Rules, rule, cancellationToken);

    /// <summary>Puts a whole rule in place of the one there is.</summary>
    public Task<AlertRule> ReplaceAlertRuleAsync(string id, AlertRuleRequest rule, CancellationToken cancellationToken = default) => SaveAsync(HttpMethod.Put, PathOf(id), rule, cancellationToken);

    /// <summary>Ends an alert rule; what it has fired stays to be read.</summary>
    /// <returns>The rule as it was.</returns>
    public async Task<AlertRule> DeleteAlertRuleAsync(string id, CancellationToken cancellationToken = default)
    {
        using var message = new HttpRequestMessage(HttpMethod.Delete, Root + PathOf(id));
        return await ReadAsync(message, ClientJson.Default.AlertRule, cancellationToken);
    }

    /// <summary>What the caller's rules have fired lately, newest first. To be read after a subscription has lost its connection.</summary>
    public IAsyncEnumerable<Alert> GetAlertsAsync(AlertsRequest? request = null, CancellationToken cancellationToken = default) =>
        PagesAsync("alerts", (request ?? new()).ToQuery(), ClientJson.Default.PageAlert, cancellationToken);

    private static string PathOf(string id) => $"{Rules}/{Uri.EscapeDataString(id)}";

    private async Task<AlertRule> SaveAsync(HttpMethod method, string path, AlertRuleRequest rule, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(method, Root + path) { Content = JsonContent.Create(rule, ClientJson.Default.AlertRuleRequest) };
        return await ReadAsync(message, ClientJson.Default.AlertRule, cancellationToken);
    }
}
