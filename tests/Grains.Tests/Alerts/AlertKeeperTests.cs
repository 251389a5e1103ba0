using OptiBid.Grains.Alerts;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Tests.Alerts;

public sealed class AlertKeeperTests
{
    private static readonly Uri Hook = new("https://bids.example/hook");

    private readonly AlertRulesState _state = new();
    private readonly AlertKeeper _keeper;
    private DateTimeOffset _now = Prices.Noon;
    private int _ids;

    public AlertKeeperTests() => _keeper = new(Rules.User, _state);

    private AlertRule Save(AlertRule rule) => _keeper.Save(rule, $"id{++_ids}", rule.Webhook is null ? null : "sealed");

    private AlertRule New(TimeSpan coolDown = default, Uri? webhook = null) =>
        Save(Rules.Rule(AlertKind.Above, 100) with { Id = "", CoolDown = coolDown, Webhook = webhook });

    private bool Take(AlertRule rule, bool holds, int minutes) =>
        _keeper.Take([new(rule.Id, rule.Version, "51288", holds, Prices.Noon.AddMinutes(minutes), holds ? 120 : 50, holds ? 120 : 50)], _now);

    [Fact]
    public void Take_Crossing_FiresOnceUntilItIsArmedAgain()
    {
        var rule = New();
        Assert.False(Take(rule, false, 0));
        Assert.True(Take(rule, true, 5));
        Assert.False(Take(rule, true, 5));
        Assert.False(Take(rule, true, 10));
        Assert.True(Take(rule, false, 15));
        Assert.True(Take(rule, true, 20));

        Assert.Equal([Prices.Noon.AddMinutes(20), Prices.Noon.AddMinutes(5)], _keeper.Alerts.Select(alert => alert.Timestamp));
        Assert.Equal(2, _keeper.Untold.Select(alert => alert.Id).Distinct().Count());
        var first = _keeper.Alerts[1];
        Assert.Equal(
            (Rules.User, rule.Id, "a rule", MarketZone.PJM, "51288", AlertKind.Above, 120.0, 100.0, Prices.Noon),
            (first.User, first.RuleId, first.RuleName, first.Zone, first.Location, first.Kind, first.Value, first.Threshold, first.FiredAt));
    }

    [Fact]
    public void Take_EarlierThanWhatIsKnown_IsPassedOver()
    {
        var rule = New();
        Take(rule, true, 5);
        Take(rule, false, 10);
        Assert.False(Take(rule, true, 5));
        Assert.Single(_keeper.Alerts);
    }

    [Fact]
    public void Take_IntervalThatFiredBefore_DoesNotFireAgain()
    {
        var rule = New();
        Take(rule, true, 5);
        Take(rule, false, 5);
        Take(rule, true, 5);
        Assert.Single(_keeper.Alerts);
    }

    [Fact]
    public void Take_OtherVersionOrRuleAtRestOrForeignLocation_IsPassedOver()
    {
        var rule = New();
        var changed = Save(rule with { Threshold = 110 });
        Assert.Equal((rule.Id, 2), (changed.Id, changed.Version));
        Assert.False(Take(rule, true, 5));
        Assert.False(_keeper.Take([new(changed.Id, 2, "elsewhere", true, Prices.Noon, 120, 120)], _now));
        Assert.True(Take(changed, true, 5));

        var resting = Save(changed with { IsEnabled = false });
        Assert.False(Take(resting, true, 10));
        Assert.Single(_keeper.Alerts);
    }

    [Fact]
    public void CoolDown_WhatComesToHoldAndStillHolds_FiresAtItsEnd()
    {
        var rule = New(TimeSpan.FromMinutes(30));
        Take(rule, true, 0);
        Take(rule, false, 5);
        Take(rule, true, 10);
        Assert.Single(_keeper.Alerts);

        _now += TimeSpan.FromMinutes(29);
        Assert.False(_keeper.FireWaiting(_now));
        _now += TimeSpan.FromMinutes(1);
        Assert.True(_keeper.FireWaiting(_now));
        Assert.Equal(Prices.Noon.AddMinutes(10), _keeper.Alerts[0].Timestamp);
        Assert.False(_keeper.FireWaiting(_now));
    }

    [Fact]
    public void CoolDown_WhatIsOverBeforeItsEnd_DoesNotFire()
    {
        var rule = New(TimeSpan.FromMinutes(30));
        Take(rule, true, 0);
        Take(rule, false, 5);
        Take(rule, true, 10);
        Take(rule, false, 15);
        Assert.False(_keeper.FireWaiting(_now.AddHours(1)));
        Assert.Single(_keeper.Alerts);
    }

    [Fact]
    public void Save_Secret_IsNeededForANewAddressOnly()
    {
        var rule = Rules.Rule(AlertKind.Above, 100) with { Id = "" };
        Assert.False(_keeper.NeedsSecret(rule));
        Assert.True(_keeper.NeedsSecret(rule with { Webhook = Hook }));

        var kept = Save(rule with { Webhook = Hook });
        Assert.False(_keeper.NeedsSecret(kept with { Threshold = 1 }));
        Assert.True(_keeper.NeedsSecret(kept with { Webhook = new("https://bids.example/other") }));

        _ = _keeper.Save(kept with { Threshold = 1 }, "", null);
        Assert.Equal("sealed", _state.Rules[0].SealedSecret);
        _ = _keeper.Save(kept with { Webhook = null }, "", null);
        Assert.Null(_state.Rules[0].SealedSecret);
        Assert.True(_keeper.NeedsSecret(kept));
    }

    [Fact]
    public void Save_UnknownOrOneTooMany_IsRefused()
    {
        Assert.True(Assert.Throws<AlertRuleRefusedException>(() => Save(Rules.Rule(AlertKind.Above, 1) with { Id = "nobody's" })).IsUnknown);
        for (var i = 0; i < AlertRule.MaxRules; i++) New();
        Assert.False(Assert.Throws<AlertRuleRefusedException>(() => New()).IsUnknown);
        Assert.Equal(AlertRule.MaxRules, _keeper.Rules.Length);
    }

    [Fact]
    public void Save_MovedToAnotherZone_HasBothBoardsTold()
    {
        var rule = New();
        _state.Unposted.Clear();
        Save(rule with { Zone = MarketZone.ERCOT });
        Assert.Equal([MarketZone.PJM, MarketZone.ERCOT], _state.Unposted);
    }

    [Fact]
    public void Posted_Failures_AreTriedEverMoreSeldomForADay()
    {
        Take(New(webhook: Hook), true, 0);
        var attempts = new List<TimeSpan>();
        for (var guard = 0; guard < 100 && _keeper.Alerts[0].Webhook!.NextAttempt is { } next; guard++)
        {
            _now = next;
            attempts.Add(_now - Prices.Noon);
            var (alert, address, secret) = Assert.Single(_keeper.DuePosts(_now));
            Assert.Equal((Hook, "sealed"), (address, secret));
            _keeper.Posted(alert.Id, "503", _now);
            Assert.Empty(_keeper.DuePosts(_now));
        }

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(35)], attempts[..4]);
        Assert.InRange(attempts[^1], TimeSpan.FromHours(22), AlertKeeper.PostFor);
        Assert.Equal(("503", null), (_keeper.Alerts[0].Webhook!.LastError, _keeper.Alerts[0].Webhook!.DeliveredAt));
    }

    [Fact]
    public void Posted_Taken_IsTheEnd()
    {
        Take(New(webhook: Hook), true, 0);
        _keeper.Posted(_keeper.Alerts[0].Id, null, _now);
        Assert.Equal(new(1, _now, null, null), _keeper.Alerts[0].Webhook);
        Assert.Empty(_keeper.DuePosts(_now.AddDays(1)));
    }

    [Fact]
    public void Save_WithoutItsWebhook_EndsItsPosts()
    {
        var rule = New(webhook: Hook);
        Take(rule, true, 0);
        Save(rule with { Webhook = null });
        Assert.Empty(_keeper.DuePosts(_now.AddDays(1)));
        Assert.Null(_keeper.Alerts[0].Webhook!.NextAttempt);
    }

    [Fact]
    public void Delete_Rule_KeepsWhatItHasFiredAndEndsItsPosts()
    {
        var rule = New(webhook: Hook);
        Take(rule, true, 0);
        Assert.True(_keeper.Delete(rule.Id));
        Assert.False(_keeper.Delete(rule.Id));
        Assert.Empty(_keeper.DuePosts(_now.AddDays(1)));
        Assert.Equal("the rule was deleted", Assert.Single(_keeper.Alerts).Webhook!.LastError);
    }

    [Fact]
    public void Take_MoreThanAreKept_LetsTheOldestGo()
    {
        var rule = New();
        for (var i = 0; i < AlertKeeper.MostAlerts + 10; i++)
        {
            Take(rule, true, 10 * i);
            Take(rule, false, 10 * i + 5);
        }

        Assert.Equal(AlertKeeper.MostAlerts, _keeper.Alerts.Length);
        Assert.Equal(Prices.Noon.AddMinutes(100), _keeper.Alerts[^1].Timestamp);
        Assert.Equal(AlertKeeper.MostAlerts, _state.Untold.Count);
        Assert.Equal(AlertKeeper.MostAlerts + 10, _keeper.TakeFired().Length);
        Assert.Empty(_keeper.TakeFired());
        _keeper.Told([.. _keeper.Untold.Select(alert => alert.Id)]);
        Assert.Empty(_state.Untold);
    }

    [Fact]
    public void AlertId_IsTheSameForTheSameInterval()
    {
        var other = new AlertKeeper(Rules.User, new());
        var (one, two) = (New(), other.Save(Rules.Rule(AlertKind.Above, 100) with { Id = "" }, "id1", null));
        Take(one, true, 5);
        _ = other.Take([new(two.Id, 1, "51288", true, Prices.Noon.AddMinutes(5), 120, 120)], _now.AddHours(1));
        Assert.Equal(_keeper.Alerts[0].Id, other.Alerts[0].Id);
    }
}
