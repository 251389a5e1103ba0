namespace OptiBid.History.Tests.Contract;

/// <summary>What <see cref="IIntervalCounts"/> promises, of any store.</summary>
public abstract class IntervalCountContract : StoreContract
{
    private Task<IReadOnlyList<IntervalCount>> CountAsync(MarketZone zone, PriceType type, DateTimeOffset from, DateTimeOffset to) =>
        Store.Counts.CountAsync(zone, type, from, to, Cancel);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Count_HistoryWithHoles_GivesWhatANaiveCountGives(int seed)
    {
        var random = new Random(seed);
        PriceTick[] ticks =
        [
            .. from interval in Enumerable.Range(0, 24)
               where interval % 7 != 3
               from zone in new[] { MarketZone.PJM, MarketZone.ERCOT }
               from type in new[] { PriceType.RealTime5Min, PriceType.RealTime15Min }
               from place in Enumerable.Range(0, 20)
               where random.Next(4) > 0
               select Ticks.At(interval, zone: zone, type: type, location: "L" + place),
        ];
        await Store.WriteAsync(ticks);

        foreach (var zone in new[] { MarketZone.PJM, MarketZone.ERCOT, MarketZone.SPP })
        {
            foreach (var (from, to) in new[] { (-60.0, 600.0), (5, 55), (15, 15.1), (15.1, 20), (0, 0) })
            {
                var (start, end) = (Ticks.Noon.AddMinutes(from), Ticks.Noon.AddMinutes(to));
                var counts = await CountAsync(zone, PriceType.RealTime5Min, start.ToOffset(TimeSpan.FromHours(-6)), end);
                Assert.Equal(
                    ticks.Where(tick => tick.MarketZone == zone && tick.PriceType == PriceType.RealTime5Min && tick.Timestamp >= start && tick.Timestamp < end)
                        .GroupBy(tick => tick.Timestamp).OrderBy(group => group.Key).Select(group => new IntervalCount(group.Key, group.Count())),
                    counts);
            }
        }
    }

    [Fact]
    public async Task Count_RevisedAndRepeatedPrices_CountOnce()
    {
        await Store.WriteAsync(Ticks.At(price: 1, published: 1), Ticks.At(location: "other"));
        await Store.WriteAsync(Ticks.At(price: 2, published: 2), Ticks.At(location: "other"));

        Assert.Equal(
            [new(Ticks.Noon, 2)], await CountAsync(MarketZone.PJM, PriceType.RealTime5Min, Ticks.Noon, Ticks.Noon.AddMinutes(5)));
    }

    [Fact]
    public async Task Count_DayTheClocksGoBack_HasTwentyFiveHours()
    {
        // A New York day, 1 November 2026.
        var (start, end) = (new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(-4)), new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.FromHours(-5)));
        await Store.WriteAsync([.. Enumerable.Range(-2, 30).Select(hour => Ticks.At(type: PriceType.DayAheadHourly) with { Timestamp = start.AddHours(hour) })]);

        var counts = await CountAsync(MarketZone.PJM, PriceType.DayAheadHourly, start, end);

        Assert.Equal(Enumerable.Range(0, 25).Select(hour => new IntervalCount(start.AddHours(hour), 1)), counts);
        Assert.All(counts, count => Assert.Equal(TimeSpan.Zero, count.Start.Offset));
    }

    [Fact]
    public async Task Count_EndBeforeStart_SaysSo() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => CountAsync(MarketZone.PJM, PriceType.RealTime5Min, Ticks.Noon, Ticks.Noon.AddTicks(-1)));

    [Fact]
    public async Task Count_Cancelled_Throws()
    {
        await Store.WriteAsync(Ticks.At());
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Counts.CountAsync(
            MarketZone.PJM, PriceType.RealTime5Min, Ticks.Noon, Ticks.Noon.AddDays(1), new(canceled: true)));
    }
}
