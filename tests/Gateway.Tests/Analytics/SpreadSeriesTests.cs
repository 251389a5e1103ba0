using OptiBid.Gateway.Analytics;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using OptiBid.History.Buckets;

namespace OptiBid.Gateway.Tests.Analytics;

public class SpreadSeriesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 8, 5, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Add_BothPricesOfAnInterval_IsPriceMinusReferenceInEitherOrder(bool isReferenceFirst)
    {
        var (spreads, series) = Series();
        series.Add(Leg(0, isReferenceFirst, isReferenceFirst ? 30 : 20));
        series.Add(Leg(0, !isReferenceFirst, isReferenceFirst ? 20 : 30));
        series.Complete();
        Assert.Equal([(Start, Start.AddHours(1), 20, 30, -10, 1, 1)], spreads.Select(point => (point.Start, point.End, point.Price, point.Reference, point.Value, point.DataPoints, point.Coverage)));
    }

    [Fact]
    public void Add_OnePriceMissing_LeavesTheIntervalOut()
    {
        var (spreads, series) = Series();
        SpreadLeg[] legs = [Leg(0, false, 1), Leg(1, true, 2), Leg(2, true, 3), Leg(2, false, 4), Leg(3, true, 5), Leg(4, false, 6), Leg(5, false, 7)];
        foreach (var leg in legs) series.Add(leg);
        series.Complete();
        Assert.Equal([1], spreads.Select(point => point.Value));
        Assert.Equal(0, series.Incomplete);
    }

    [Fact]
    public void Add_NotKnownForTheWholeInterval_IsCountedAndLeftOut()
    {
        var (spreads, series) = Series();
        series.Add(Leg(0, false, 1));
        series.Add(Leg(0, true, 2) with { Coverage = 11 / 12d });
        series.Add(Leg(1, false, 1));

        // Twelve shares of a twelfth need not add up to one exactly.
        series.Add(Leg(1, true, 2) with { Coverage = Enumerable.Repeat(1 / 12d, 12).Sum() });
        Assert.Equal((1, 1), (series.Incomplete, spreads.Count));
    }

    [Fact]
    public void Add_Gathered_IsTheMeanOfTheIntervalsWithBothPricesByTheMarketsDay()
    {
        // The day the clock leaps has 23 hours; of the next one two are there, and a third of which one price is missing.
        var (spreads, series) = Series(new BucketLength(1, BucketUnit.Day));
        for (var hour = 0; hour < 25; hour++)
        {
            series.Add(Leg(hour, false, hour));
            series.Add(Leg(hour, true, 1));
        }

        series.Add(Leg(25, true, 1_000));
        series.Complete();
        Assert.Equal([(Start, 23, 11, 1, 10, 1), (Start.AddHours(23), 2, 23.5, 1, 22.5, Math.Round(2 / 24d, 9))],
            spreads.Select(point => (point.Start, point.DataPoints, point.Price, point.Reference, point.Value, Math.Round(point.Coverage, 9))));
        Assert.Equal(Start.AddHours(23), spreads[0].End);
    }

    [Fact]
    public void Complete_Nothing_GivesNothing()
    {
        var (spreads, series) = Series(new BucketLength(1, BucketUnit.Month));
        series.Complete();
        Assert.Empty(spreads);
    }

    private static (List<SpreadPoint> Spreads, SpreadSeries Series) Series(BucketLength? every = null)
    {
        var spreads = new List<SpreadPoint>();
        return (spreads, new SpreadSeries(every is { } length ? new BucketCalendar(MarketClocks.Eastern, length) : null, spreads.Add));
    }

    private static SpreadLeg Leg(int hour, bool isReference, double price) => new(Start.AddHours(hour), TimeSpan.FromHours(1), isReference, price, 1);
}
