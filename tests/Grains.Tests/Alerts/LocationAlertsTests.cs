using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using OptiBid.Grains.Alerts;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;

namespace OptiBid.Grains.Tests.Alerts;

public sealed class LocationAlertsTests
{
    private static readonly LocationId Place = new(MarketZone.PJM, "51288");

    private readonly LocationBook _book = new();
    private LocationAlerts _alerts = new();
    private RulesInForce _rules = Rules.InForce(Rules.Rule(AlertKind.Above, 100, 10));

    private List<(bool Holds, double Minutes)> Turn(params PriceTick[] ticks)
    {
        var kinds = new TickKind[ticks.Length];
        _book.Apply(ticks, kinds);
        var found = new List<AlertFinding>();
        _alerts.Look(Place, _rules, _book, ticks, kinds, found);
        return [.. found.Select(finding => (finding.Report.Holds, (finding.Report.Timestamp - Prices.Noon).TotalMinutes))];
    }

    private List<(bool Holds, double Minutes)> Turn(int interval, double price, int published = 0) => Turn(Prices.Tick(interval, price, published));

    [Fact]
    public void Look_PricesAroundTheThreshold_SaysWhatHasChangedOnce()
    {
        Assert.Equal([(false, 0)], Turn(0, 50));
        Assert.Empty(Turn(1, 95));
        Assert.Equal([(true, 10)], Turn(2, 101));
        Assert.Empty(Turn(3, 95));
        Assert.Empty(Turn(4, 300));
        Assert.Equal([(false, 25)], Turn(5, 90));
        Assert.Equal([(true, 30), (false, 35), (true, 40)], Turn(Prices.Tick(6, 200), Prices.Tick(7, 20), Prices.Tick(8, 150)));
    }

    [Fact]
    public void Look_Finding_HasTheRuleItsUserAndTheValue()
    {
        var found = new List<AlertFinding>();
        PriceTick[] ticks = [Prices.Tick(0, 120)];
        var kinds = new TickKind[1];
        _book.Apply(ticks, kinds);
        _alerts.Look(Place, _rules, _book, ticks, kinds, found);
        Assert.Equal(new(Rules.User, new("r1", 1, "51288", true, Prices.Noon, 120, 120)), Assert.Single(found));
    }

    [Fact]
    public void Look_CorrectionOfTheNewestPrice_IsLookedAt()
    {
        Assert.Equal([(true, 0)], Turn(0, 120));
        Assert.Equal([(false, 0)], Turn(0, 20, published: 60));
    }

    [Fact]
    public void Look_LatePriceOrCorrectionOfThePast_IsNot()
    {
        Turn(0, 50);
        Turn(4, 50);
        Assert.Empty(Turn(2, 500));
        Assert.Empty(Turn(0, 500, published: 60));
    }

    [Fact]
    public void Look_DeliveredAgain_SaysEverythingFromThereAnew()
    {
        Turn(0, 50);
        Assert.Equal([(true, 5)], Turn(1, 150));
        Assert.Equal([(false, 10)], Turn(2, 50));
        Turn(3, 60);
        Assert.Equal([(true, 5), (false, 10)], Turn(1, 150));
    }

    [Fact]
    public void Look_ActivatedAnew_SaysWhatIsDeliveredAgainAndWhatHolds()
    {
        Turn(0, 50);
        Turn(1, 150);
        _alerts = new();
        Assert.Equal([(true, 5)], Turn(1, 150));
        _alerts = new();
        Assert.Equal([(true, 10)], Turn(2, 120));
    }

    [Fact]
    public void Look_DuplicateOfLongAgo_IsNothingNew()
    {
        Turn(0, 500);
        for (var i = 1; i < 20; i++) Turn(i, 50);
        Assert.Empty(Turn(0, 500));
    }

    [Fact]
    public void Look_RuleChanged_StartsAfresh()
    {
        Turn(0, 120);
        _rules = Rules.InForce(Rules.Rule(AlertKind.Above, 100, 10), Rules.Rule(AlertKind.Below, 0) with { Id = "r2" });
        Assert.Equal([(false, 5)], Turn(1, 130));
        _rules = Rules.InForce(Rules.Rule(AlertKind.Above, 110) with { Version = 2 });
        Assert.Equal([(true, 10)], Turn(2, 130));
        _rules = Rules.InForce();
        Assert.Empty(Turn(3, 20));
    }

    [Fact]
    public void LookWithNew_RuleThatHoldsAlready_IsSaidOnce()
    {
        _rules = Rules.InForce(Rules.Rule(AlertKind.Below, 0));
        Turn(0, 150);
        _rules = Rules.InForce(Rules.Rule(AlertKind.Below, 0), Rules.Rule(AlertKind.Above, 100) with { Id = "r2" });
        var found = new List<AlertFinding>();
        _alerts.LookWithNew(Place, _rules, _book, found);
        _alerts.LookWithNew(Place, _rules, _book, found);
        Assert.Equal(("r2", true, Prices.Noon), (Assert.Single(found).Report.RuleId, found[0].Report.Holds, found[0].Report.Timestamp));
        Assert.Empty(Turn(1, 160));
    }

    [Fact]
    public void Look_DayAheadPriceOfTheHour_IsReasonToLookAtDart()
    {
        _rules = Rules.InForce(Rules.Rule(AlertKind.DartAbove, 20));
        Assert.Empty(Turn(13, 30));
        Assert.Empty(Turn(Prices.Tick(0, 90, type: PriceType.DayAheadHourly)));
        Assert.Equal([(true, 65)], Turn(Prices.Tick(1, 60, type: PriceType.DayAheadHourly)));
        Assert.Equal([(false, 65)], Turn(Prices.Tick(1, 40, published: 60, type: PriceType.DayAheadHourly)));
    }

    [Fact]
    public void Look_RuleOfAnotherSeries_IsNotBrought()
    {
        _rules = Rules.InForce(Rules.Rule(AlertKind.Above, 100, type: PriceType.DayAheadHourly));
        Assert.Empty(Turn(0, 500));
        Assert.Equal([(true, 60)], Turn(Prices.Tick(1, 101, type: PriceType.DayAheadHourly)));
    }

    /// <summary>
    /// Batches of prices; after each the silo may die before the user's grain has what was found, and may then read again batches
    /// that were done with before. What fires is what fires when nothing goes wrong, and each once.
    /// </summary>
    [Property(MaxTest = 500)]
    public Property Alerts_LostOnTheWayAndReadAgain_FireAsIfNothingHadHappened() => Prop.ForAll(
        Gen.Choose(-3, 3).ListOf(40).Zip(Gen.Choose(0, 5).ListOf(20)).ToArbitrary(),
        run =>
        {
            var (steps, faults) = run;
            var price = 100.0;
            var prices = steps.Select((step, i) => Prices.Tick(i, price += step * 7)).ToArray();
            return Fired(prices, [.. Enumerable.Repeat(0, 20)]).SequenceEqual(Fired(prices, [.. faults]));
        });

    private static List<DateTimeOffset> Fired(PriceTick[] prices, int[] faults)
    {
        var rules = Rules.InForce(Rules.Rule(AlertKind.Above, 100, 10));
        var state = new AlertRulesState { Rules = [new() { Rule = Rules.Rule(AlertKind.Above, 100, 10) }] };
        var keeper = new AlertKeeper(Rules.User, state);
        var (book, alerts) = (new LocationBook(), new LocationAlerts());
        for (int at = 0, fault = 0; at < prices.Length;)
        {
            PriceTick[] batch = prices[at..Math.Min(at + 2, prices.Length)];
            var kinds = new TickKind[batch.Length];
            book.Apply(batch, kinds);
            var found = new List<AlertFinding>();
            alerts.Look(Place, rules, book, batch, kinds, found);

            // 1 to 3: what was found is lost with the silo, 3: though a part of it had arrived; it goes on up to two batches earlier.
            var wrong = fault < faults.Length ? faults[fault++] : 0;
            if (wrong is 0 or > 3)
            {
                _ = keeper.Take(found.Select(finding => finding.Report), Prices.Noon);
                at += 2;
                continue;
            }

            if (wrong == 3) _ = keeper.Take(found.Take(1).Select(finding => finding.Report), Prices.Noon);
            alerts = new();
            at = Math.Max(0, at - 2 * (wrong - 1));
        }

        return [.. keeper.Alerts.Select(alert => alert.Timestamp)];
    }
}
