using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Zones.Fundamentals;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Zones.Fundamentals;

public sealed class ZoneFundamentalsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ScriptedFeed _feed = new("pjm:test", TimeSpan.Zero);
    private readonly ZoneFundamentals _zone = new();

    private static Fundamental Value(FundamentalKind kind, DateTimeOffset start, double value, DateTimeOffset published, int minutes = 60) =>
        new(kind, start, minutes, value, published);

    private PriceTick Joined(DateTimeOffset start, DateTimeOffset published) =>
        Assert.Single(_zone.Join([_feed.Tick(0) with { Timestamp = start, PublishedAt = published }]));

    [Fact]
    public void Join_SeveralForecasts_TakesTheNewestThatWasOutBeforeThePrice()
    {
        _zone.Add(
        [
            Value(FundamentalKind.LoadForecast, Noon, 80_000, Noon.AddHours(-24)),
            Value(FundamentalKind.LoadForecast, Noon, 82_000, Noon.AddHours(-2)),
            Value(FundamentalKind.LoadForecast, Noon, 85_000, Noon.AddMinutes(30)),
        ]);

        Assert.Equal(82_000, Joined(Noon.AddMinutes(10), Noon.AddMinutes(11)).LoadForecast);
        Assert.Equal(80_000, Joined(Noon, Noon.AddHours(-20)).LoadForecast);
        Assert.Equal(85_000, Joined(Noon.AddMinutes(55), Noon.AddMinutes(56)).LoadForecast);
        Assert.Null(Joined(Noon, Noon.AddHours(-25)).LoadForecast);
        Assert.Null(Joined(Noon.AddHours(1), Noon.AddHours(1)).LoadForecast);
    }

    [Fact]
    public void Join_ForecastsOfTwoLengths_TakesTheOnePublishedLast()
    {
        _zone.Add(
        [
            Value(FundamentalKind.LoadForecast, Noon, 80_000, Noon.AddHours(-1)),
            Value(FundamentalKind.LoadForecast, Noon.AddMinutes(10), 81_500, Noon, minutes: 5),
        ]);

        Assert.Equal(80_000, Joined(Noon.AddMinutes(5), Noon.AddMinutes(6)).LoadForecast);
        Assert.Equal(81_500, Joined(Noon.AddMinutes(10), Noon.AddMinutes(11)).LoadForecast);
    }

    [Fact]
    public void Join_ShareOfAnEarlierHour_IsTakenWhileItIsTheLastKnown()
    {
        _zone.Add(
        [
            Value(FundamentalKind.RenewableShare, Noon.AddHours(-2), 20, Noon.AddHours(-1)),
            Value(FundamentalKind.RenewableShare, Noon.AddHours(-1), 30, Noon.AddMinutes(20)),
        ]);

        Assert.Equal(20, Joined(Noon, Noon.AddMinutes(1)).RenewablePercentage);
        Assert.Equal(30, Joined(Noon.AddMinutes(20), Noon.AddMinutes(21)).RenewablePercentage);
        Assert.Null(Joined(Noon.AddHours(3), Noon.AddHours(3)).RenewablePercentage);
    }

    [Fact]
    public void Join_HourNotYetBegun_TakesTheForecastOfWindAndSun()
    {
        var (tomorrow, published) = (Noon.AddHours(26), Noon.AddHours(6));
        _zone.Add(
        [
            Value(FundamentalKind.RenewableShare, Noon.AddHours(4), 55, Noon.AddHours(5)),
            Value(FundamentalKind.LoadForecast, tomorrow, 50_000, Noon),
            Value(FundamentalKind.WindForecast, tomorrow, 9_000, Noon),
            Value(FundamentalKind.SolarForecast, tomorrow, 11_000, Noon),
        ]);

        Assert.Equal((50_000, 40.0), (Joined(tomorrow, published).LoadForecast, Joined(tomorrow, published).RenewablePercentage));
    }

    [Fact]
    public void Join_TickThatHasItsOwn_KeepsIt()
    {
        _zone.Add([Value(FundamentalKind.LoadForecast, Noon, 80_000, Noon), Value(FundamentalKind.RenewableShare, Noon, 10, Noon)]);

        var tick = Assert.Single(_zone.Join([_feed.Tick(0) with { Timestamp = Noon, PublishedAt = Noon, LoadForecast = 1 }]));

        Assert.Equal((1.0, 10.0), (tick.LoadForecast, tick.RenewablePercentage));
    }

    [Fact]
    public void ForgetBefore_OldIntervals_AreGone()
    {
        _zone.Add([Value(FundamentalKind.LoadForecast, Noon, 80_000, Noon), Value(FundamentalKind.LoadForecast, Noon.AddHours(1), 90_000, Noon)]);

        _zone.ForgetBefore(Noon.AddHours(1));

        Assert.Null(_zone.At(FundamentalKind.LoadForecast, Noon, Noon.AddDays(1)));
        Assert.Equal(90_000, _zone.Newest(FundamentalKind.LoadForecast, Noon.AddHours(5)));
    }
}
