namespace OptiBid.History.Tests.Contract;

/// <summary>What <see cref="IPriceHistory.ReadAsync"/> promises, of any store.</summary>
public abstract class PriceQueryContract : StoreContract
{
    private static readonly MarketZone[] Zones = [MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT];
    private static readonly string[] Places = ["a", "B", "é", "Z", "10", "9"];
    private static readonly PriceType[] Types = [PriceType.RealTime5Min, PriceType.DayAheadHourly];

    private static PriceTick[] Grid() =>
        [.. from interval in Enumerable.Range(0, 4)
            from zone in Zones
            from place in Places
            from type in Types
            select Ticks.At(interval, price: (interval * 10) - 15, location: place, zone: zone, type: type)];

    [Fact]
    public async Task Read_EachFilter_GivesWhatANaiveFilterGives()
    {
        var grid = Grid();
        await Store.WriteAsync(grid);
        (PriceQuery Query, Func<PriceTick, bool> Wanted)[] cases =
        [
            (Ticks.Everything, _ => true),
            (Ticks.Everything with { Start = Ticks.Noon.AddMinutes(5), End = Ticks.Noon.AddMinutes(15) }, tick => tick.Timestamp >= Ticks.Noon.AddMinutes(5) && tick.Timestamp < Ticks.Noon.AddMinutes(15)),
            (Ticks.Everything with { Start = Ticks.Noon.AddMinutes(5).ToOffset(TimeSpan.FromHours(-6)), End = Ticks.Noon.AddMinutes(5.5) }, tick => tick.Timestamp == Ticks.Noon.AddMinutes(5)),
            (Ticks.Everything with { Zones = [MarketZone.CAISO, MarketZone.PJM] }, tick => tick.MarketZone != MarketZone.ERCOT),
            (Ticks.Everything with { Zones = [MarketZone.SPP] }, _ => false),
            (Ticks.Everything with { Locations = ["é", "10", "absent"] }, tick => tick.Location is "é" or "10"),
            (Ticks.Everything with { PriceTypes = [PriceType.DayAheadHourly] }, tick => tick.PriceType == PriceType.DayAheadHourly),
            (Ticks.Everything with { MinPrice = -5, MaxPrice = 5 }, tick => tick.Price is >= -5 and <= 5),
            (Ticks.Everything with { MaxPrice = -15 }, tick => tick.Price <= -15),
            (Ticks.Everything with { Zones = [MarketZone.PJM], Locations = ["Z"], PriceTypes = [PriceType.RealTime5Min], MinPrice = 0 }, tick => tick is { MarketZone: MarketZone.PJM, Location: "Z", PriceType: PriceType.RealTime5Min, Price: >= 0 }),
        ];

        foreach (var (query, wanted) in cases)
        {
            Assert.Equal(Ordered(grid.Where(wanted), descending: false), await Store.AllAsync(query));
            Assert.Equal(Ordered(grid.Where(wanted), descending: true), await Store.AllAsync(query with { Descending = true }));
        }
    }

    [Theory]
    [InlineData(false, 5)]
    [InlineData(true, 5)]
    [InlineData(false, 7)]
    [InlineData(true, 7)]
    public async Task Read_PageAfterPage_GivesEveryRowOnceInOrder(bool descending, int size)
    {
        var grid = Grid();
        await Store.WriteAsync(grid);
        foreach (IReadOnlyList<string> locations in new string[][] { [], ["Z", "a", "9"] })
        {
            var read = new List<PriceTick>();
            PriceKey? after = null;
            while (true)
            {
                var page = await Store.AllAsync(Ticks.Everything with { Descending = descending, Limit = size, After = after, Locations = locations });
                Assert.True(page.Count <= size);
                if (page.Count == 0) break;

                read.AddRange(page);
                after = new(page[^1].Timestamp, page[^1].MarketZone, page[^1].Location, page[^1].PriceType);
            }

            Assert.Equal(Ordered(grid.Where(tick => locations.Count == 0 || locations.Contains(tick.Location)), descending), read);
        }
    }

    [Fact]
    public async Task Read_ManyRows_GivesAllOfThemAndAsManyAsWanted()
    {
        var ticks = Enumerable.Range(0, 12_000).Select(i => Ticks.At(i / 100, price: i, location: "L" + (i % 100))).ToArray();
        await Store.WriteAsync(ticks);

        Assert.Equal(Ordered(ticks, descending: false), await Store.AllAsync());
        Assert.Equal(Ordered(ticks, descending: true).Take(11_000), await Store.AllAsync(Ticks.Everything with { Descending = true, Limit = 11_000 }));
    }

    [Fact]
    public async Task Read_TextThatLooksLikeSql_IsOnlyText()
    {
        await Store.WriteAsync(Ticks.At(location: "'; drop table market_data; --"));

        Assert.Empty(await Store.AllAsync(Ticks.Everything with { Locations = ["x' or '1'='1"] }));
        Assert.Single(await Store.AllAsync(Ticks.Everything with { Locations = ["'; drop table market_data; --"] }));
    }

    [Fact]
    public async Task Read_StoppedEarly_LeavesTheStoreUsable()
    {
        await Store.WriteAsync([.. Enumerable.Range(0, 20_000).Select(i => Ticks.At(i / 100, location: "L" + (i % 100)))]);
        for (var i = 0; i < 30; i++)
        {
            await foreach (var _ in Store.Prices.ReadAsync(Ticks.Everything, Cancel)) break;
        }

        Assert.Equal(20_000, (await Store.AllAsync()).Count);
    }

    [Fact]
    public async Task Read_Cancelled_Throws()
    {
        await Store.WriteAsync([.. Enumerable.Range(0, 20_000).Select(i => Ticks.At(i / 100, location: "L" + (i % 100)))]);
        using var stop = new CancellationTokenSource();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Store.Prices.ReadAsync(Ticks.Everything, stop.Token)) await stop.CancelAsync();
        });
    }

    [Fact]
    public async Task Check_OfAReadyStore_NamesIt() =>
        Assert.Matches(
            @"^(PostgreSQL \d+(\.\d+)?\S*, (no TimescaleDB|TimescaleDB \S+ \((Community|Apache)\))(, (partitions by (month|day)|(not )?compressed.*|a plain table))?|DuckDB \d+\.\d+\.\d+, embedded)$",
            await Store.Prices.CheckAsync(Cancel));

    private static List<PriceTick> Ordered(IEnumerable<PriceTick> ticks, bool descending) =>
        [.. (descending ? ticks.OrderByDescending(tick => tick.Timestamp) : ticks.OrderBy(tick => tick.Timestamp))
            .ThenBy(tick => tick.MarketZone.Name(), StringComparer.Ordinal)
            .ThenBy(tick => tick.Location, StringComparer.Ordinal)
            .ThenBy(tick => tick.PriceType.Name(), StringComparer.Ordinal)
            .Select(tick => tick.Stored())];
}
