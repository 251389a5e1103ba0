using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;

namespace OptiBid.Grains.Tests.Live;

public sealed class WrittenPricesTests
{
    private static readonly DateOnly Day = new(2026, 11, 22);

    private readonly WrittenPrices _written = new();

    private static PriceTick Tick(int day, PriceType type = PriceType.RealTime5Min, MarketZone zone = MarketZone.PJM, string location = "51288") =>
        Prices.Tick(0, 30, type: type, zone: zone, location: location) with { Timestamp = Prices.Noon.AddDays(day) };

    private static WrittenDays Range(int first, int last, PriceType type = PriceType.RealTime5Min, MarketZone zone = MarketZone.PJM) =>
        new(zone, type, Day.AddDays(first), Day.AddDays(last));

    [Fact]
    public void Take_NothingWritten_IsEmpty() => Assert.Empty(_written.Take());

    [Fact]
    public void Take_ManyPricesOfADay_IsTheDayOnceAndThenNothing()
    {
        _written.Add([.. Enumerable.Range(0, 100).Select(i => Tick(0, location: $"L{i}"))]);
        _written.Add([Tick(0)]);
        Assert.Equal([Range(0, 0)], _written.Take());
        Assert.Empty(_written.Take());
    }

    [Fact]
    public void Take_CorrectionOfLastYearBesideThePresent_LeavesTheDaysBetweenAlone()
    {
        _written.Add([Tick(0), Tick(-365), Tick(-364), Tick(0)]);
        Assert.Equal([Range(-365, -364), Range(0, 0)], _written.Take());
    }

    [Fact]
    public void Take_SeveralSeries_AreToldApart()
    {
        _written.Add([Tick(0), Tick(1, PriceType.DayAheadHourly), Tick(2, zone: MarketZone.ERCOT)]);
        Assert.Equal(
            [Range(0, 0), Range(1, 1, PriceType.DayAheadHourly), Range(2, 2, zone: MarketZone.ERCOT)],
            _written.Take().OrderBy(days => days.First));
    }

    [Fact]
    public void Take_MidnightUtc_BeginsADay()
    {
        var midnight = Prices.Noon.AddHours(12);
        _written.Add([Tick(0) with { Timestamp = midnight.AddMinutes(-5).ToOffset(TimeSpan.FromHours(-5)) }]);
        Assert.Equal([Range(0, 0)], _written.Take());
        _written.Add([Tick(0) with { Timestamp = midnight.ToOffset(TimeSpan.FromHours(-5)) }]);
        Assert.Equal([Range(1, 1)], _written.Take());
    }

    [Fact]
    public void Take_MoreDaysThanAreKeptApart_CoversThemAll()
    {
        _written.Add([.. Enumerable.Range(0, 6_000).Select(i => Tick(-2 * i))]);
        var written = _written.Take();
        Assert.InRange(written.Length, 1, 4_001);
        Assert.All(Enumerable.Range(0, 6_000), i => Assert.Contains(written, days => days.First <= Day.AddDays(-2 * i) && days.Last >= Day.AddDays(-2 * i)));
    }
}
