using System.Text.Json.Serialization;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Alerts;

/// <summary>An alert rule as it is kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Counts its changes, from 1.</param>
/// <param name="Name">What its user calls it.</param>
/// <param name="Zone">The market.</param>
/// <param name="Locations">The market's ids of the locations it is of.</param>
/// <param name="PriceType">The price series; for DART the real-time one.</param>
/// <param name="Kind">What it looks at.</param>
/// <param name="Threshold">The threshold, in the kind's unit.</param>
/// <param name="Hysteresis">How far the value must come back before it can fire again, in the same unit.</param>
/// <param name="CoolDownSeconds">How long after it has fired at a location it does not fire there again, seconds.</param>
/// <param name="Enabled">False while it rests.</param>
/// <param name="Webhook">Where alerts are posted to; null for nowhere.</param>
/// <param name="WebhookSecret">The secret that posts are signed with, in the answer to the call that made it and never again.</param>
internal sealed record AlertRuleView(
    string Id, int Version, string Name, string Zone, IReadOnlyList<string> Locations, string PriceType, string Kind, double Threshold, double Hysteresis, double CoolDownSeconds, bool Enabled, string? Webhook,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? WebhookSecret)
{
    private const string Start = """
        {"id":"0f6c2b9e","version":1,"name":"Western Hub dear","zone":"PJM","locations":["51288"],"price_type":"REAL_TIME_5_MIN","kind":"ABOVE","threshold":100,"hysteresis":10,
         "cool_down_seconds":900,"enabled":true,"webhook":"https://example.com/alerts"
        """;

    public const string Example = Start + "}";

    public const string ExampleWithSecret = Start + ""","webhook_secret":"whsec_<base64>"}""";

    public static AlertRuleView Of(AlertRule rule, string? webhookSecret = null) => new(
        rule.Id, rule.Version, rule.Name, rule.Zone.Name(), rule.Locations, rule.PriceType.Name(), rule.Kind.Name(), rule.Threshold, rule.Hysteresis,
        rule.CoolDown.TotalSeconds, rule.IsEnabled, rule.Webhook?.AbsoluteUri, webhookSecret);
}

/// <summary>A user's rules, oldest first.</summary>
internal sealed record AlertRuleList(AlertRuleView[] Items);
