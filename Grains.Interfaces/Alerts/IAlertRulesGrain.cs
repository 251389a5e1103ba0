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

    /// <summary>Takes what rules found at locations. Returns once it is kept; what is known already is passed over. No reports at all only wake it.</summary>
    [Alias("Report")]
    Task ReportAsync(AlertReport[] reports);
}
