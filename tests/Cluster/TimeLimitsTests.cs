using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Validation;

namespace OptiBid.Cluster.Tests;

/// <summary>Connectors and grains know nothing of each other, so nothing but this holds their limits together.</summary>
public sealed class TimeLimitsTests
{
    [Fact]
    public void Ahead_OfEachKind_IsWhatGrainsBelieve()
    {
        var rules = new MarketRulesOptions();

        Assert.Equal(rules.RealTimeHorizon, TimeLimits.Ahead(PriceType.RealTime5Min));
        Assert.Equal(rules.RealTimeHorizon, TimeLimits.Ahead(PriceType.RealTimeHourly));
        Assert.Equal(rules.DayAheadHorizon, TimeLimits.Ahead(PriceType.DayAheadHourly));
    }
}
