namespace OptiBid.Grains.Interfaces;

/// <summary>
/// One user's rules and the alerts they have fired; its key is the subject of his token. It is the authority on what has
/// fired: whatever is reported to it twice, by whomever, fires once.
/// </summary>
[Alias("optibid.IAlertRulesGrain")]
public interface IAlertRulesGrain : IGrainWithStringKey
{
    /// <summary>The user's rules, oldest first.</summary>
    [Alias("GetRules")]
    Task<AlertRule[]> GetRulesAsync();

    /// <summary>Makes a rule (without an id) or changes one. It is in force within a few seconds.</summary>
    /// <returns>The rule as it is kept, and the webhook's secret when one was made; it is never shown again.</returns>
    /// <exception cref="AlertRuleRefusedException">There is no such rule, or there are too many; what is wrong with a rule's values its maker must have checked.</exception>
    [Alias("SaveRule")]
    Task<SavedAlertRule> SaveRuleAsync(AlertRule rule);

    /// <summary>Ends a rule; what it has fired stays to be read.</summary>
    /// <returns>False when there is none of that id.</returns>
    [Alias("DeleteRule")]
    Task<bool> DeleteRuleAsync(string id);

    /// <summary>What has fired lately, newest first.</summary>
    [Alias("GetAlerts")]
    Task<Alert[]> GetAlertsAsync();

    /// <summary>Takes what a rule found at a location. Returns once it is kept; what is known already is passed over.</summary>
    [Alias("Report")]
    Task ReportAsync(AlertReport[] reports);
}

/// <summary>A rule as it is kept.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="WebhookSecret">The secret that posts to its webhook are signed with, when it was made just now: <c>whsec_</c> and base64.</param>
[GenerateSerializer, Immutable, Alias("optibid.SavedAlertRule")]
public sealed record SavedAlertRule([property: Id(0)] AlertRule Rule, [property: Id(1)] string? WebhookSecret);

/// <summary>A rule's condition has come to hold at a location, or no longer holds.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="RuleVersion">Its version.</param>
/// <param name="Location">The location.</param>
/// <param name="Holds">Whether the condition holds now.</param>
/// <param name="Timestamp">Start of the interval it was found at, UTC.</param>
/// <param name="Value">The value, in the kind's unit.</param>
/// <param name="Price">The interval's price, $/MWh.</param>
[GenerateSerializer, Immutable, Alias("optibid.AlertReport")]
public sealed record AlertReport(
    [property: Id(0)] string RuleId,
    [property: Id(1)] int RuleVersion,
    [property: Id(2)] string Location,
    [property: Id(3)] bool Holds,
    [property: Id(4)] DateTimeOffset Timestamp,
    [property: Id(5)] double Value,
    [property: Id(6)] double Price);

/// <summary>A rule cannot be kept; the message says why.</summary>
[GenerateSerializer, Alias("optibid.AlertRuleRefusedException")]
public sealed class AlertRuleRefusedException(string message, bool isUnknown) : Exception(message)
{
    /// <summary>True when there is no rule of that id.</summary>
    [Id(0)] public bool IsUnknown { get; } = isUnknown;
}
