using FsCheck.Xunit;

namespace OptiBid.History.Tests.Contract;

/// <summary>What <see cref="IPriceHistory.ResampleAsync"/> promises, of any store.</summary>
public abstract class ResampleContract : StoreContract
{
    private static readonly BucketLength Hour = new(60, BucketUnit.Minute);
    private static readonly DateTimeOffset Spring = new(2026, 3, 7, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Fall = new(2026, 10, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly MarketZone[] Zones = [MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT, MarketZone.MISO];
    private static readonly PriceTick[] Market = [.. About(Spring).Concat(About(Fall))];
    private static readonly PriceTick[] Night = [.. Market.Where(tick => tick.Timestamp >= Fall.AddHours(11) && tick.Timestamp < Fall.AddHours(23))];

    // Every seventh price is corrected three hours later.
    private static readonly PriceTick[] Corrections =
        [.. Market.Where((_, i) => i % 7 == 0).Select(tick => tick with { Price = tick.Price + 50, PublishedAt = tick.PublishedAt.AddHours(3) })];

    private bool _isFilled;

    /// <summary>Opens another store on what this one has, with a setting.</summary>
    protected abstract Task<HistoryUnderTest> ReopenAsync(string key, string value);

    /// <summary>Forty hours about a change of the clocks: two places, five-minute and hourly prices, with holes long and short.</summary>
    private static IEnumerable<PriceTick> About(DateTimeOffset day)
    {
        var random = new Random(7);
        foreach (var zone in Zones)
        {
            foreach (var (place, type) in new[] { ("a", PriceType.RealTime5Min), ("é", PriceType.RealTime5Min), ("a", PriceType.DayAheadHourly) })
            {
                var hole = 0;
                for (var at = day; at < day.AddHours(40); at = at.AddMinutes(type.IntervalMinutes()))
                {
                    if (hole-- > 0) continue;
                    if (random.Next(25) == 0) hole = random.Next(40);
                    yield return Ticks.At(location: place, zone: zone, type: type) with { Timestamp = at, PublishedAt = at, Price = Math.Round((random.NextDouble() * 300) - 60, 2) };
                }
            }
        }
    }

    [Property(MaxTest = 50, StartSize = 3_000, EndSize = 3_000)]
    public async Task Resample_AnyQueryOverTheDaysOfTheChange_GivesWhatANaiveOneGives(
        ushort length, byte unit, byte clock, bool fall, ushort start, ushort minutes, byte zones, byte prices, byte flags)
    {
        if (!_isFilled) await Store.WriteAsync([.. Market, .. Corrections]);
        _isFilled = true;
        var from = (fall ? Fall : Spring).AddMinutes(start % 2_400);
        var resample = new ResampleQuery
        {
            Prices = new()
            {
                Start = from,
                End = from.AddMinutes(1 + (minutes % 2_000)),
                Zones = [.. Zones.Where((_, i) => (zones >> i & 1) == 1)],
                Locations = (flags & 1) == 1 ? ["a"] : [],
                PriceTypes = (flags & 2) == 2 ? [PriceType.RealTime5Min] : [],
                MinPrice = prices % 4 == 1 ? prices - 20 : null,
                MaxPrice = prices % 4 == 2 ? prices : null,
                Descending = (flags & 4) == 4,
                Limit = (flags & 8) == 8 ? 1 + (prices % 40) : null,
                AsOf = (flags & 32) == 32 ? from.AddMinutes(length % 2_400) : null,
            },
            Every = (unit % 6) switch
            {
                0 => new((length % 9) + 1, BucketUnit.Day),
                1 => new((length % 12) + 1, BucketUnit.Month),
                2 => new((length % 24 + 1) * 60, BucketUnit.Minute),
                3 => new((int[])[5, 15, 30, 60] is var usual ? usual[length % 4] : 0, BucketUnit.Minute),
                _ => new((length % 1440) + 1, BucketUnit.Minute),
            },
            Clock = clock % 2 == 0 ? null : MarketClocks.All[clock / 2 % MarketClocks.All.Count],
            FillGaps = (flags & 16) == 16,
            Aggregates = (flags & 64) == 64 ? (Aggregates)(length % 64) : Aggregates.All,
        };

        var known = Market.Concat(Corrections).Where(tick => !(tick.PublishedAt > resample.Prices.AsOf))
            .GroupBy(tick => (tick.LocationId, tick.PriceType, tick.Timestamp)).Select(publications => publications.MaxBy(tick => tick.PublishedAt));
        Same(NaiveBuckets.Of(known, resample), await AllAsync(resample));
    }

    [Theory]
    [InlineData(false, false, 1)]
    [InlineData(false, true, 5)]
    [InlineData(true, true, 7)]
    public async Task Resample_PageAfterPage_GivesEveryBucketOnceInOrder(bool fill, bool descending, int size)
    {
        await Store.WriteAsync(Night);
        var whole = new ResampleQuery
        {
            Prices = new() { Start = Fall.AddHours(11), End = Fall.AddHours(23), Descending = descending, MaxPrice = 200 },
            Every = size == 1 ? Hour with { Count = 360 } : Hour,
            FillGaps = fill,
        };
        var read = new List<PriceBucket>();
        PriceKey? after = null;
        while (true)
        {
            var page = await AllAsync(whole with { Prices = whole.Prices with { Limit = size, After = after } });
            Assert.True(page.Count <= size);
            if (page.Count == 0) break;

            read.AddRange(page);
            after = new(page[^1].Start, page[^1].Zone, page[^1].Location, page[^1].PriceType);
        }

        Same(NaiveBuckets.Of(Night, whole), read);
        Assert.True(read.Count > 20);
    }

    [Fact]
    public async Task Resample_MoreThanAPiece_GivesEveryBucketOnceInOrder()
    {
        // 8 places over 20 days in buckets of 25 minutes are 9,280 to fill. The first piece has 750.
        PriceTick[] ticks = [.. from place in Enumerable.Range(0, 8) from hour in Enumerable.Range(0, 24 * 20) where hour % 97 == place select Ticks.At(hour, hour, location: "L" + place, type: PriceType.DayAheadHourly)];
        await Store.WriteAsync(ticks);
        foreach (var descending in new[] { false, true })
        {
            var resample = new ResampleQuery { Prices = Ticks.Everything with { Start = Ticks.Noon, End = Ticks.Noon.AddDays(20), Descending = descending }, Every = new(25, BucketUnit.Minute), FillGaps = true };
            Same(NaiveBuckets.Of(ticks, resample), await AllAsync(resample));
            Same(NaiveBuckets.Of(ticks, resample with { FillGaps = false }), await AllAsync(resample with { FillGaps = false }));
        }
    }

    [Fact]
    public async Task Resample_DayOfSeveralZones_IsEachMarketsOwn()
    {
        await Store.WriteAsync(Night);
        var days = await AllAsync(new()
        {
            Prices = new() { Start = Fall.AddHours(15), End = Fall.AddHours(16), PriceTypes = [PriceType.RealTime5Min], Locations = ["a"] },
            Every = new(1, BucketUnit.Day),
        });

        // 1 November 03:00 UTC is still October on every clock; summer time has four hours in New York, seven in Los Angeles.
        Assert.Equal(
            [(MarketZone.PJM, 31, 4.0), (MarketZone.ERCOT, 31, 5), (MarketZone.MISO, 31, 5), (MarketZone.CAISO, 31, 7)],
            days.Select(day => (day.Zone, day.Start.Day, day.Start.TimeOfDay.TotalHours)));
        Assert.All(days, day => Assert.Equal(24, (day.End - day.Start).TotalHours));
    }

    [Fact]
    public async Task Resample_CoverageAndDeviation_AreOfWhatIsThere()
    {
        await Store.WriteAsync(Ticks.At(0, 10), Ticks.At(1, 14), Ticks.At(12, 5));
        var buckets = await AllAsync(new() { Prices = Ticks.Everything with { Start = Ticks.Noon, End = Ticks.Noon.AddHours(3) }, Every = Hour, FillGaps = true });

        PriceBucket Bucket(int hour) => new(Ticks.Noon.AddHours(hour), Ticks.Noon.AddHours(hour + 1), MarketZone.PJM, "51288", PriceType.RealTime5Min, null, null, null, null, null, null, 0, 0);
        Same(
            [
                Bucket(0) with { Average = 12, Min = 10, Max = 14, First = 10, Last = 14, StandardDeviation = Math.Sqrt(8), DataPoints = 2, Coverage = 10 / 60.0 },
                Bucket(1) with { Average = 5, Min = 5, Max = 5, First = 5, Last = 5, DataPoints = 1, Coverage = 5 / 60.0 },
                Bucket(2),
            ], buckets);
        var hourly = Ticks.At(0, 7, type: PriceType.RealTimeHourly);
        await Store.WriteAsync(hourly);
        Assert.Equal(1, Assert.Single(await AllAsync(new() { Prices = Ticks.Everything with { PriceTypes = [hourly.PriceType] }, Every = new(5, BucketUnit.Minute) })).Coverage);
    }

    [Fact]
    public async Task Resample_NothingThere_GivesNothing()
    {
        var query = new ResampleQuery { Prices = Ticks.Everything with { Start = DateTimeOffset.MinValue, End = DateTimeOffset.MaxValue }, Every = Hour, FillGaps = true };
        Assert.Empty(await AllAsync(query));
        await Store.WriteAsync(Ticks.At());
        Assert.Empty(await AllAsync(query with { Prices = Ticks.Everything with { Start = Ticks.Noon, End = Ticks.Noon } }));
        Assert.Empty(await AllAsync(query with { Prices = Ticks.Everything with { Start = Ticks.Noon, End = Ticks.Noon.AddMinutes(-1) } }));
        Assert.Empty(await AllAsync(query with { Prices = Ticks.Everything with { Start = Ticks.Noon.AddMinutes(1), End = Ticks.Noon.AddDays(1) } }));
        Assert.Empty(await AllAsync(query with { Prices = Ticks.Everything with { Start = Ticks.Noon, End = Ticks.Noon.AddDays(1), Limit = 0 } }));
        await Assert.ThrowsAsync<ArgumentException>(() => AllAsync(query with { Prices = Ticks.Everything with { Start = DateTimeOffset.MinValue, End = DateTimeOffset.MinValue.AddDays(1) } }));
        await Assert.ThrowsAsync<ArgumentException>(() => AllAsync(query with { Prices = Ticks.Everything, Every = default }));
    }

    [Fact]
    public async Task Read_MoreThanAQueryMay_IsRefusedWhereItGathersOrPicks()
    {
        await Store.WriteAsync(Ticks.At(0), Ticks.At(0, location: "2"), Ticks.At(0, type: PriceType.DayAheadHourly));
        await Store.DisposeAsync();
        await using var store = await ReopenAsync("History:MostPricesRead", "600");

        // A day of two series of five minutes and one of an hour.
        var day = Ticks.Everything with { Start = Ticks.Noon.AddHours(-1), End = Ticks.Noon.AddHours(23) };
        var error = await Assert.ThrowsAsync<HistoryTooMuchException>(() => store.Prices.ResampleAsync(new() { Prices = day with { End = day.End.AddMinutes(1) }, Every = Hour }, Cancel).ToListAsync(Cancel).AsTask());
        Assert.Equal((603, 600), (error.Prices, error.Most));
        Assert.Equal(3, (await store.Prices.ResampleAsync(new() { Prices = day, Every = Hour }, Cancel).ToListAsync(Cancel)).Count);

        foreach (var picking in new[] { Ticks.Everything with { MinPrice = 0 }, Ticks.Everything with { MaxPrice = 100 } })
        {
            await Assert.ThrowsAsync<HistoryTooMuchException>(() => store.AllAsync(picking));
            Assert.Equal(3, (await store.AllAsync(picking with { Start = day.Start, End = day.End })).Count);
        }

        Assert.Equal(3, (await store.AllAsync()).Count);
    }

    [Fact]
    public async Task Resample_SeriesWrittenAfterARestart_IsCountedOnce()
    {
        await Store.WriteAsync(Ticks.At(0));
        await Store.DisposeAsync();
        await using var store = await ReopenAsync("History:MostPricesRead", "24");
        await store.WriteAsync(Ticks.At(1), Ticks.At(2));
        var query = new ResampleQuery { Prices = Ticks.Everything with { Start = Ticks.Noon, End = Ticks.Noon.AddHours(2) }, Every = Hour, FillGaps = true };
        Assert.Equal(2, await store.Prices.ResampleAsync(query, Cancel).CountAsync(Cancel));

        await store.WriteAsync(Ticks.At(1, location: "another"));
        Assert.Equal(48, (await Assert.ThrowsAsync<HistoryTooMuchException>(() => store.Prices.ResampleAsync(query, Cancel).CountAsync(Cancel).AsTask())).Prices);
    }

    [Fact]
    public async Task Resample_Cancelled_Throws()
    {
        await Store.WriteAsync(Night);
        foreach (var fill in new[] { false, true })
        {
            using var stop = new CancellationTokenSource();
            _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                var query = new ResampleQuery { Prices = Ticks.Everything with { Start = Fall, End = Fall.AddDays(2) }, Every = Hour, FillGaps = fill };
                await foreach (var _ in Store.Prices.ResampleAsync(query, stop.Token)) await stop.CancelAsync();
            });
        }
    }

    private async Task<List<PriceBucket>> AllAsync(ResampleQuery query) => await Store.Prices.ResampleAsync(query, Cancel).ToListAsync(Cancel);

    private static void Same(IReadOnlyList<PriceBucket> expected, IReadOnlyList<PriceBucket> read)
    {
        // Sums in another order differ in their last digits.
        static double? Near(double? value, double? wanted) => value is { } a && wanted is { } b && Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(b)) ? b : value;

        Assert.Equal(expected, read.Select((bucket, i) => i < expected.Count
            ? bucket with { Average = Near(bucket.Average, expected[i].Average), StandardDeviation = Near(bucket.StandardDeviation, expected[i].StandardDeviation) }
            : bucket));
    }
}
