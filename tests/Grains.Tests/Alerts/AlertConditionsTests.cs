using FsCheck.Xunit;
using OptiBid.Grains.Alerts;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;

namespace OptiBid.Grains.Tests.Alerts;

public sealed class AlertConditionsTests
{
    private readonly LocationBook _book = new();

    private void Apply(params PriceTick[] ticks) => _book.Apply(ticks, new TickKind[ticks.Length]);

    private double? Value(AlertRule rule) => AlertConditions.Value(rule, _book, _book.SeriesAt((int)rule.PriceType - 1)!.Count - 1);

    [Theory]
    [InlineData(AlertKind.Above, 100, 10, 100.01, true)]
    [InlineData(AlertKind.Above, 100, 10, 100, null)]
    [InlineData(AlertKind.Above, 100, 10, 90.01, null)]
    [InlineData(AlertKind.Above, 100, 10, 90, false)]
    [InlineData(AlertKind.Above, 0, 0, 0.01, true)]
    [InlineData(AlertKind.Above, 0, 0, 0, false)]
    [InlineData(AlertKind.Above, -20, 5, -19.9, true)]
    [InlineData(AlertKind.Above, -20, 5, -25, false)]
    [InlineData(AlertKind.Below, 0, 5, -0.01, true)]
    [InlineData(AlertKind.Below, 0, 5, 0, null)]
    [InlineData(AlertKind.Below, 0, 5, 4.99, null)]
    [InlineData(AlertKind.Below, 0, 5, 5, false)]
    [InlineData(AlertKind.Below, -50, 0, -50, false)]
    [InlineData(AlertKind.Below, -50, 0, -51, true)]
    [InlineData(AlertKind.DartBelow, -10, 2, -11, true)]
    [InlineData(AlertKind.DartBelow, -10, 2, -8, false)]
    [InlineData(AlertKind.Staleness, 15, 0, 15.1, true)]
    [InlineData(AlertKind.Volatility, 8, 3, 5, false)]
    public void Judge_Value_HoldsBeyondTheThresholdAndIsArmedAgainAtTheMargin(AlertKind kind, double threshold, double hysteresis, double value, bool? expected) =>
        Assert.Equal(expected, AlertConditions.Judge(Rules.Rule(kind, threshold, hysteresis), value));

    [Property]
    public bool Judge_BelowIsTheMirrorOfAbove(short threshold, byte hysteresis, short value) =>
        AlertConditions.Judge(Rules.Rule(AlertKind.Above, threshold, hysteresis), value)
        == AlertConditions.Judge(Rules.Rule(AlertKind.Below, -threshold, hysteresis), -value);

    [Fact]
    public void Value_Change_IsThatOfNeighboursWithoutTheNoiseOfFractions()
    {
        var rule = Rules.Rule(AlertKind.Change, 0.02);
        Apply(Prices.Tick(0, 25.64));
        Assert.Null(Value(rule));

        Apply(Prices.Tick(1, 25.62));
        Assert.Equal(0.02, Value(rule));
        Assert.NotEqual(true, AlertConditions.Judge(rule, Value(rule)!.Value));

        Apply(Prices.Tick(3, 99));
        Assert.Null(Value(rule));
    }

    [Fact]
    public void Value_Spike_IsTheDistanceFromTheMedianInDeviations()
    {
        var rule = Rules.Rule(AlertKind.Spike, 6);
        for (var i = 0; i < 12; i++)
        {
            Apply(Prices.Tick(i, 30 + i % 3 * 10));
            Assert.Null(Value(rule));
        }

        // Prices 30, 40, 50 four times each: median 40, MAD 10.
        Apply(Prices.Tick(12, -160));
        Assert.Equal(200 / 14.826, Value(rule)!.Value, 1e-9);
    }

    [Fact]
    public void Value_SpikeAfterPricesThatStoodStill_CountsInDollars()
    {
        for (var i = 0; i < 20; i++) Apply(Prices.Tick(i, 25));
        Apply(Prices.Tick(20, 32));
        Assert.Equal(7, Value(Rules.Rule(AlertKind.Spike, 6)));
    }

    [Fact]
    public void Value_Dart_IsThatOfTheIntervalsHourAlsoOnceTomorrowIsKnown()
    {
        var rule = Rules.Rule(AlertKind.DartAbove, 5);
        Apply(Prices.Tick(2, 30));
        Assert.Null(Value(rule));

        for (var hour = 0; hour < 36; hour++) Apply(Prices.Tick(hour, 40 + hour, type: PriceType.DayAheadHourly));
        Assert.Equal(10, Value(rule));

        Apply(Prices.Tick(13, -3.5));
        Assert.Equal(44.5, Value(rule));
    }

    [Fact]
    public void Value_Volatility_IsThatOfTheLastHour()
    {
        Apply(Prices.Tick(0, 30), Prices.Tick(1, 40), Prices.Tick(2, 20));
        Assert.Equal(_book.NewestAt(0).Volatility1h, Value(Rules.Rule(AlertKind.Volatility, 5)));
        Assert.NotNull(Value(Rules.Rule(AlertKind.Volatility, 5)));
    }

    [Fact]
    public void Staleness_CountsFromTheIntervalsEnd() => Assert.Equal(10, AlertConditions.Staleness(Prices.Tick(0, 30), Prices.Noon.AddMinutes(15)));
}
