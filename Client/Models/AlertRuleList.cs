namespace OptiBid.Client.Models;

/// <summary>A user's alert rules.</summary>
/// <param name="Items">The rules, oldest first.</param>
internal sealed record AlertRuleList(IReadOnlyList<AlertRule> Items);
