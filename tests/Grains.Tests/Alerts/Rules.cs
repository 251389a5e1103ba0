using OptiBid.Grains.Alerts;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Tests.Alerts;

/// <summary>Rules to test with, of location PJM/51288.</summary>
internal static class Rules
{
    public const string User = "issuer|ann";

    public static AlertRule Rule(AlertKind kind, double threshold, double hysteresis = 0, PriceType type = PriceType.RealTime5Min) => new()
    {
        Id = "r1",
        Version = 1,
        Name = "a rule",
        Zone = MarketZone.PJM,
        Locations = ["51288"],
        PriceType = type,
        Kind = kind,
        Threshold = threshold,
        Hysteresis = hysteresis,
    };

    public static RulesInForce InForce(params AlertRule[] rules) => new(rules.Select(rule => new PostedRule(User, rule)));
}
