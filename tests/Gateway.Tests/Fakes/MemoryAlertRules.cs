using System.Collections.Concurrent;
using System.Globalization;
using OptiBid.Gateway.Alerts;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Fakes;

/// <summary>Users' alert rules over lists; there may be no keys to seal secrets with, and the cluster may be away.</summary>
internal sealed class MemoryAlertRules : IAlertRules
{
    private readonly ConcurrentDictionary<string, Rules> _users = new();

    public volatile bool HasNoKeys;
    public volatile bool IsAway;

    /// <summary>The users that have been asked about.</summary>
    public IEnumerable<string> Users => _users.Keys;

    public IAlertRulesGrain Of(string user) => IsAway ? throw new OrleansException("no gateway at 10.0.0.3:30000") : Get(user);

    /// <summary>What has fired, newest first.</summary>
    public List<Alert> Fired(string user) => Get(user).Fired;

    public static Alert Alert(string id, string user, MarketZone zone = MarketZone.PJM, string rule = "r1", int second = 0) => new()
    {
        Id = id, User = user, RuleId = rule, RuleName = "dear", Zone = zone, Location = "51288", PriceType = PriceType.RealTime5Min, Kind = AlertKind.Above, Timestamp = Ticks.Noon,
        Value = 104.2, Threshold = 100, Price = 104.2, FiredAt = Ticks.Noon.AddSeconds(second),
    };

    private Rules Get(string user) => _users.GetOrAdd(user, _ => new Rules(this));

    private sealed class Rules(MemoryAlertRules all) : IAlertRulesGrain
    {
        private readonly List<AlertRule> _rules = [];
        private int _made;

        public List<Alert> Fired { get; } = [];

        public Task<AlertRule[]> GetRulesAsync()
        {
            lock (_rules) return Task.FromResult<AlertRule[]>([.. _rules]);
        }

        public Task<SavedAlertRule> SaveRuleAsync(AlertRule rule)
        {
            lock (_rules)
            {
                var known = _rules.Find(known => known.Id == rule.Id);
                if (known is null && rule.Id.Length > 0) throw new AlertRuleRefusedException("There is no such rule.", isUnknown: true);
                if (known is null && _rules.Count >= AlertRule.MaxRules) throw new AlertRuleRefusedException("You have 100 rules, and that is the most.", isUnknown: false);
                var isNewAddress = rule.Webhook is not null && rule.Webhook != known?.Webhook;
                if (isNewAddress && all.HasNoKeys) throw new AlertRuleRefusedException("Set KeyRing:Folder.", isUnknown: false);
                var kept = rule with { Id = known?.Id ?? "r" + (++_made).ToString(CultureInfo.InvariantCulture), Version = (known?.Version ?? 0) + 1 };
                if (known is null) _rules.Add(kept);
                else _rules[_rules.IndexOf(known)] = kept;
                return Task.FromResult(new SavedAlertRule(kept, isNewAddress ? "whsec_c2VjcmV0" : null));
            }
        }

        public Task<bool> DeleteRuleAsync(string id)
        {
            lock (_rules) return Task.FromResult(_rules.RemoveAll(rule => rule.Id == id) > 0);
        }

        public Task<Alert[]> GetAlertsAsync() => Task.FromResult<Alert[]>([.. Fired]);

        public Task ReportAsync(AlertReport[] reports) => throw new NotSupportedException();
    }
}
