using FsCheck;
using FsCheck.Fluent;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Volatility;

namespace OptiBid.Grains.Tests.Volatility;

public sealed class PriceSeriesTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private static TickKind Apply(PriceSeries series, PriceTick tick) => series.Apply(PriceInterval.From(tick), out _);

    [Fact]
    public void Volatility_KnownPrices_IsTheSampleDeviationOfTheirChanges()
    {
        var series = new PriceSeries(Step);
        double[] prices = [30, 32, 29, 29, -1];
        for (var i = 0; i < prices.Length; i++) Apply(series, Prices.Tick(i, prices[i]));

        // Changes 2, −3, 0, −30: mean −7.75, squared distances 95.0625 + 22.5625 + 60.0625 + 495.0625 = 672.75.
        Assert.Equal(Math.Sqrt(672.75 / 3), series.Volatility(TimeSpan.FromHours(1))!.Value, 12);
        Assert.Equal(-30, series.Change);
    }

    [Fact]
    public void EwmaVolatility_KnownChanges_FollowsTheRecursion()
    {
        var series = new PriceSeries(Step);
        double[] prices = [10, 12, 9];
        for (var i = 0; i < prices.Length; i++) Apply(series, Prices.Tick(i, prices[i]));

        Assert.Equal(Math.Sqrt(0.94 * 4 + 0.06 * 9), series.EwmaVolatility!.Value, 12);
    }

    [Fact]
    public void Volatility_AcrossAGap_CountsNoChange()
    {
        var series = new PriceSeries(Step);
        Apply(series, Prices.Tick(0, 10));
        Apply(series, Prices.Tick(1, 11));
        Apply(series, Prices.Tick(3, 500));
        Assert.Null(series.Change);
        Assert.Null(series.Volatility(TimeSpan.FromHours(1)));

        Apply(series, Prices.Tick(4, 503));
        Assert.Equal(Math.Sqrt(2), series.Volatility(TimeSpan.FromHours(1))!.Value, 12);
    }

    [Fact]
    public void Volatility_HourWindow_HoldsTwelveFiveMinuteChanges()
    {
        var series = new PriceSeries(Step);
        Apply(series, Prices.Tick(0, 1000));
        Apply(series, Prices.Tick(1, 0));
        for (var i = 2; i <= 13; i++) Apply(series, Prices.Tick(i, i % 2));

        // The fall from 1000 is thirteen changes ago: outside. Inside are one 0, six of +1 and five of -1.
        Assert.Equal(Math.Sqrt((11 - 1 / 12.0) / 11), series.Volatility(TimeSpan.FromHours(1))!.Value, 12);
        Assert.True(series.Volatility(TimeSpan.FromHours(24)) > 200);
    }

    [Fact]
    public void Apply_AnyMixOfLateRevisedAndMissing_AgreesWithTheNaiveComputation()
    {
        // Moves: how far the next tick lies from the newest interval (0 and below revise or arrive late), and its price.
        var moves = Gen.Zip(Gen.Choose(-6, 3), Gen.Choose(-300, 5000).Select(cents => cents / 7.0)).ListOf();
        Prop.ForAll(moves.ToArbitrary(), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(400));

        static bool Agrees(IList<(int Move, double Price)> moves)
        {
            var series = new PriceSeries(Step);
            var prices = new SortedDictionary<DateTimeOffset, double>();
            var newest = 0;
            for (var i = 0; i < moves.Count; i++)
            {
                var interval = Math.Max(0, newest + moves[i].Move);
                newest = Math.Max(newest, interval);
                var tick = Prices.Tick(interval, moves[i].Price, published: i);
                Apply(series, tick);
                prices[tick.Timestamp] = tick.Price;
            }

            return prices.Count == 0 || Same(series, prices);
        }
    }

    [Fact]
    public void Apply_AMillionPrices_DoesNotDrift()
    {
        var series = new PriceSeries(Step);
        var random = new Random(1);
        var recent = new SortedDictionary<DateTimeOffset, double>();
        var price = 30.0;
        for (var i = 0; i < 1_000_000; i++)
        {
            // Mean-reverting, with spikes to the cap and to the floor that would leave their rounding errors behind.
            price += (30 - price) * 0.1 + random.NextDouble() - 0.5;
            var shown = random.Next(5_000) switch { 0 => 5_000, 1 => -251, _ => price };
            var tick = Prices.Tick(i, shown);
            Apply(series, tick);
            recent[tick.Timestamp] = shown;
            if (recent.Count > 2_000) recent.Remove(recent.Keys.First());

            if (i % 99_991 == 99_990) Assert.True(Same(series, recent), $"drifted at {i}");
        }
    }

    [Fact]
    public void Apply_SameTicksAgain_ChangesNothing()
    {
        var series = new PriceSeries(Step);
        var ticks = Enumerable.Range(0, 600).Select(i => Prices.Tick(i, i * 37 % 101)).ToArray();
        foreach (var tick in ticks) Apply(series, tick);
        var (hour, day, ewma) = (series.Volatility(TimeSpan.FromHours(1)), series.Volatility(TimeSpan.FromHours(24)), series.EwmaVolatility);

        Assert.All(ticks[^288..], tick => Assert.Equal(TickKind.Duplicate, Apply(series, tick)));
        Assert.All(ticks[..300], tick => Assert.Equal(TickKind.Late, Apply(series, tick)));
        Assert.Equal((hour, day, ewma), (series.Volatility(TimeSpan.FromHours(1)), series.Volatility(TimeSpan.FromHours(24)), series.EwmaVolatility));
    }

    [Fact]
    public void Apply_RevisionAtTheEndOfItsRange_StaysThere()
    {
        var series = new PriceSeries(Step);
        Apply(series, Prices.Tick(0, 30, published: 1) with { Revision = int.MaxValue });

        Assert.Equal(TickKind.Revised, series.Apply(PriceInterval.From(Prices.Tick(0, 31, published: 2)), out var revision));
        Assert.Equal(int.MaxValue, revision);
    }

    private static bool Same(PriceSeries series, SortedDictionary<DateTimeOffset, double> prices) =>
        Near(series.Volatility(TimeSpan.FromHours(1)), NaiveVolatility.Window(prices, Step, TimeSpan.FromHours(1)))
        && Near(series.Volatility(TimeSpan.FromHours(24)), NaiveVolatility.Window(prices, Step, TimeSpan.FromHours(24)))
        && Near(series.EwmaVolatility, NaiveVolatility.Ewma(prices, Step));

    private static bool Near(double? rolling, double? naive) =>
        rolling.HasValue == naive.HasValue && Math.Abs((rolling ?? 0) - (naive ?? 0)) <= 1e-7 * (1 + Math.Abs(naive ?? 0));
}
