namespace OptiBid.Gateway.Alerts;

/// <summary>
/// Ends the rules of an API key that was revoked: nobody could see or end them any more, and they would go on posting. The
/// revocation counts whether this can be done or not; revoking the key once more tries again.
/// </summary>
internal sealed partial class KeyRules(IAlertRules rules, TimeProvider clock, ILogger<KeyRules> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task EndAsync(string key)
    {
        try
        {
            await EndAllAsync(key).WaitAsync(Patience, clock);
        }
        catch (Exception error)
        {
            // Whatever keeps the cluster from it, the key is revoked.
            LogGoingOn(key, error.Message);
        }
    }

    private async Task EndAllAsync(string key)
    {
        var its = rules.Of(AlertUser.OfKey(key));
        foreach (var rule in await its.GetRulesAsync()) await its.DeleteRuleAsync(rule.Id);
    }

    [LoggerMessage(LogLevel.Warning, "The alert rules of the revoked API key {Key} could not be ended; revoke it once more to try again: {Reason}")]
    private partial void LogGoingOn(string key, string reason);
}
