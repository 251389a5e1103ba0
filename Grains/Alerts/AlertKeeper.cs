using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Alerts;

/// <summary>
/// One user's rules and alerts: what may be kept, what fires and what was known. Plain rules over the state: no clock, no I/O,
/// no Orleans. Where a method says that it has changed the state, the state must be saved before anyone is told.
/// </summary>
internal sealed class AlertKeeper(string user, AlertRulesState state)
{
    /// <summary>Alerts that are kept to be read.</summary>
    public const int MostAlerts = 1_000;

    /// <summary>How long a webhook is tried.</summary>
    public static readonly TimeSpan PostFor = TimeSpan.FromHours(24);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(2);

    private readonly List<Alert> _fired = [];

    /// <summary>The rules, oldest first.</summary>
    public AlertRule[] Rules => [.. state.Rules.Select(static kept => kept.Rule)];

    /// <summary>What has fired, newest first.</summary>
    public Alert[] Alerts => [.. state.Alerts.AsEnumerable().Reverse()];

    /// <summary>Alerts that the topic may not have been told of.</summary>
    public Alert[] Untold => [.. state.Untold.Select(Find).OfType<Alert>()];

    /// <summary>True when a rule that is to be kept like this needs a secret for its webhook.</summary>
    /// <exception cref="AlertRuleRefusedException">It cannot be kept.</exception>
    public bool NeedsSecret(AlertRule rule)
    {
        var known = Known(rule);
        return rule.Webhook is not null && (known?.SealedSecret is null || known.Rule.Webhook != rule.Webhook);
    }

    /// <summary>Keeps a rule, new or changed; it begins as one that has never been told anything.</summary>
    /// <param name="rule">The rule; without an id for a new one.</param>
    /// <param name="newId">Id of a new one.</param>
    /// <param name="sealedSecret">The sealed secret, where <see cref="NeedsSecret"/>.</param>
    /// <exception cref="AlertRuleRefusedException">It cannot be kept.</exception>
    public AlertRule Save(AlertRule rule, string newId, string? sealedSecret)
    {
        var known = Known(rule);
        if (known is null)
        {
            known = new() { Rule = rule with { Id = newId, Version = 1 } };
            state.Rules.Add(known);
        }
        else
        {
            Unpost(known.Rule.Zone);
            known.Rule = rule with { Version = known.Rule.Version + 1 };
            known.Heard = [];
        }

        known.SealedSecret = known.Rule.Webhook is null ? null : sealedSecret ?? known.SealedSecret;
        if (known.Rule.Webhook is null) EndPosts(known.Rule.Id, "the rule has no webhook any more");
        Unpost(known.Rule.Zone);
        state.Version++;
        return known.Rule;
    }

    /// <summary>Ends a rule, and the posts to its webhook that were still to be tried.</summary>
    /// <returns>False when there is none of that id.</returns>
    public bool Delete(string id)
    {
        if (state.Rules.Find(kept => kept.Rule.Id == id) is not { } known) return false;

        state.Rules.Remove(known);
        Unpost(known.Rule.Zone);
        state.Version++;
        EndPosts(id, "the rule was deleted");
        return true;
    }

    /// <summary>Takes reports. One of a rule that is no longer like this, or that is known, changes nothing.</summary>
    /// <returns>True when the state has changed.</returns>
    public bool Take(IEnumerable<AlertReport> reports, DateTimeOffset now)
    {
        var changed = false;
        foreach (var report in reports)
        {
            if (state.Rules.Find(kept => kept.Rule.Id == report.RuleId) is { } known && known.Rule.Version == report.RuleVersion && known.Rule.IsEnabled)
                changed |= Take(known, report, now);
        }

        return changed;
    }

    /// <summary>Fires what has come to hold while its rule was resting, where that is over.</summary>
    /// <returns>True when the state has changed.</returns>
    public bool FireWaiting(DateTimeOffset now)
    {
        var changed = false;
        foreach (var known in state.Rules)
        {
            foreach (var heard in known.Heard.Values)
            {
                if (heard.Waiting is not { } waiting || now < heard.RestsUntil) continue;
                Fire(known, heard, waiting, now);
                changed = true;
            }
        }

        return changed;
    }

    /// <summary>What has fired since this was asked last.</summary>
    public Alert[] TakeFired()
    {
        Alert[] fired = [.. _fired];
        _fired.Clear();
        return fired;
    }

    /// <summary>Notes that the topic has been told.</summary>
    public void Told(IReadOnlyCollection<string> alerts) => state.Untold.RemoveAll(alerts.Contains);

    /// <summary>Alerts whose webhook is to be called now, oldest first, with the sealed secrets.</summary>
    public IEnumerable<(Alert Alert, Uri Address, string SealedSecret)> DuePosts(DateTimeOffset now)
    {
        foreach (var alert in state.Alerts)
        {
            if (alert.Webhook?.NextAttempt is { } next && next <= now
                && state.Rules.Find(kept => kept.Rule.Id == alert.RuleId) is { SealedSecret: { } secret, Rule.Webhook: { } address })
                yield return (alert, address, secret);
        }
    }

    /// <summary>Notes what became of a call of an alert's webhook.</summary>
    /// <param name="id">The alert.</param>
    /// <param name="error">What went wrong; null when it was taken.</param>
    /// <param name="now">The time.</param>
    public void Posted(string id, string? error, DateTimeOffset now)
    {
        var place = state.Alerts.FindIndex(alert => alert.Id == id);
        if (place < 0 || state.Alerts[place] is not { Webhook: { NextAttempt: not null } webhook } alert) return;

        var attempts = webhook.Attempts + 1;
        var next = now + Pause(attempts);
        state.Alerts[place] = alert with
        {
            Webhook = error is null
                ? new(attempts, now, null, null)
                : new(attempts, null, next < alert.FiredAt + PostFor ? next : null, error),
        };
    }

    /// <summary>How long to wait after so many attempts: 5 s, and twice as long each time, up to two hours.</summary>
    public static TimeSpan Pause(int attempts) =>
        attempts > 20 ? LongestPause : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << (attempts - 1)));

    private bool Take(KeptRule known, AlertReport report, DateTimeOffset now)
    {
        if (!known.Heard.TryGetValue(report.Location, out var heard))
        {
            if (!report.Holds || !known.Rule.Locations.Contains(report.Location)) return false;
            known.Heard[report.Location] = heard = new() { Since = DateTimeOffset.MinValue };
        }

        // An earlier interval, or what was said already.
        if (report.Timestamp < heard.Since || report.Holds == heard.Holds) return false;

        (heard.Holds, heard.Since) = (report.Holds, report.Timestamp);
        if (!report.Holds) heard.Waiting = null;
        else if (report.Timestamp <= heard.FiredAt) return true;
        else if (now < heard.RestsUntil) heard.Waiting = report;
        else Fire(known, heard, report, now);
        return true;
    }

    private void Fire(KeptRule known, HeardOf heard, AlertReport report, DateTimeOffset now)
    {
        var rule = known.Rule;
        (heard.FiredAt, heard.RestsUntil, heard.Waiting) = (report.Timestamp, now + rule.CoolDown, null);
        var alert = new Alert
        {
            Id = IdOf(rule, report),
            User = user,
            RuleId = rule.Id,
            RuleName = rule.Name,
            Zone = rule.Zone,
            Location = report.Location,
            PriceType = rule.PriceType,
            Kind = rule.Kind,
            Timestamp = report.Timestamp,
            Value = report.Value,
            Threshold = rule.Threshold,
            Price = report.Price,
            FiredAt = now,
            Webhook = rule.Webhook is null ? null : new(0, null, now, null),
        };
        _fired.Add(alert);
        state.Alerts.Add(alert);
        state.Untold.Add(alert.Id);
        while (state.Alerts.Count > MostAlerts)
        {
            state.Untold.Remove(state.Alerts[0].Id);
            state.Alerts.RemoveAt(0);
        }
    }

    private void EndPosts(string rule, string why)
    {
        for (var i = 0; i < state.Alerts.Count; i++)
        {
            if (state.Alerts[i] is { Webhook: { NextAttempt: not null } webhook } alert && alert.RuleId == rule)
                state.Alerts[i] = alert with { Webhook = webhook with { NextAttempt = null, LastError = why } };
        }
    }

    private KeptRule? Known(AlertRule rule)
    {
        if (rule.Id.Length == 0)
        {
            return state.Rules.Count < AlertRule.MaxRules
                ? null
                : throw new AlertRuleRefusedException($"There are {AlertRule.MaxRules} rules, which is the most; delete one first.", isUnknown: false);
        }

        return state.Rules.Find(kept => kept.Rule.Id == rule.Id)
            ?? throw new AlertRuleRefusedException($"There is no rule '{rule.Id}'.", isUnknown: true);
    }

    private Alert? Find(string id) => state.Alerts.Find(alert => alert.Id == id);

    private void Unpost(MarketZone zone)
    {
        if (!state.Unposted.Contains(zone)) state.Unposted.Add(zone);
    }

    private static string IdOf(AlertRule rule, AlertReport report)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"{rule.Id}/{rule.Version}/{report.Location}/{report.Timestamp.UtcTicks}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 16));
    }
}
