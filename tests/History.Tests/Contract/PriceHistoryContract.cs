namespace OptiBid.History.Tests.Contract;

/// <summary>What <see cref="IPriceHistory"/> promises, of any store.</summary>
public abstract class PriceHistoryContract : StoreContract
{
    // Price and revision of each value that no longer stands, in the order of their revisions.
    private async Task<IReadOnlyList<(double Price, int Revision)>> ReplacedAsync(string location) =>
        await Store.Prices.ReadRevisionsAsync(Ticks.Everything with { Locations = [location] }, Cancel)
            .Where(row => row.SupersededAt is not null)
            .Select(row => (row.Tick.Price, row.Tick.Revision))
            .ToListAsync(Cancel);

    [Fact]
    public async Task Write_WholeTick_ReadsBackEveryField()
    {
        var tick = Ticks.At() with
        {
            Price = -12.345678901234567, EnergyCost = 30.10, CongestionCost = -1, LossCost = 0.32, Volume = 5, RenewablePercentage = 41.2,
            LoadForecast = 83211, PublishedAt = Ticks.Noon.AddTicks(1_234_567), Revision = 3, Sequence = long.MaxValue, Source = "pjm:ünïcode 🙂",
            Location = "LZ_HOUSTON:LZEW/é",
        };

        await Store.WriteAsync(tick, Ticks.At(1) with { Source = null });

        Assert.Equal([tick.Stored(), (Ticks.At(1) with { Source = null }).Stored()], await Store.AllAsync());
    }

    [Fact]
    public async Task Write_TimesWithAnOffset_AreTheSameInstant()
    {
        await Store.WriteAsync(Ticks.At() with { Timestamp = Ticks.Noon.ToOffset(TimeSpan.FromHours(-5)), PublishedAt = Ticks.Noon.ToOffset(TimeSpan.FromHours(2)) });

        var stored = Assert.Single(await Store.AllAsync());
        Assert.Equal((Ticks.Noon, TimeSpan.Zero), (stored.Timestamp, stored.Timestamp.Offset));
        Assert.Equal((Ticks.Noon, TimeSpan.Zero), (stored.PublishedAt, stored.PublishedAt.Offset));
    }

    [Fact]
    public async Task Write_PublishedAtUnknown_IsKept()
    {
        await Store.WriteAsync(Ticks.At() with { PublishedAt = default });
        Assert.Equal(default, Assert.Single(await Store.AllAsync()).PublishedAt);
    }

    [Fact]
    public async Task Write_SameTickAgain_ChangesNothing()
    {
        var tick = Ticks.At() with { PublishedAt = Ticks.Noon.AddTicks(7) };
        for (var i = 0; i < 3; i++) await Store.WriteAsync(tick);
        await Store.WriteAsync(tick, tick, tick);

        Assert.Equal(tick.Stored(), Assert.Single(await Store.AllAsync()));
        Assert.Empty(await ReplacedAsync(tick.Location));
    }

    [Fact]
    public async Task Write_EqualValuePublishedLater_ChangesNothing()
    {
        await Store.WriteAsync(Ticks.At(published: 1));
        await Store.WriteAsync(Ticks.At(published: 5));

        Assert.Equal(Ticks.At(published: 1).Stored(), Assert.Single(await Store.AllAsync()));
        Assert.Empty(await ReplacedAsync("51288"));
    }

    [Fact]
    public async Task Write_OtherValuePublishedLater_WinsAndTheOldOneIsKept()
    {
        await Store.WriteAsync(Ticks.At(price: 28.348916, published: 1));
        await Store.WriteAsync(Ticks.At(price: 40.164347, published: 2));

        Assert.Equal(Ticks.At(price: 40.164347, published: 2, revision: 2), Assert.Single(await Store.AllAsync()));
        Assert.Equal([(28.348916, 1)], await ReplacedAsync("51288"));
    }

    [Fact]
    public async Task Write_OtherValuePublishedEarlier_IsAnEarlierRevision()
    {
        await Store.WriteAsync(Ticks.At(price: 2, published: 2));
        await Store.WriteAsync(Ticks.At(price: 1, published: 1));

        Assert.Equal((2, 2), (Assert.Single(await Store.AllAsync()).Price, (await Store.AllAsync())[0].Revision));
        Assert.Equal([(1, 1)], await ReplacedAsync("51288"));
    }

    [Fact]
    public async Task Write_PublishedAtOneInstant_TheLaterRecordWins()
    {
        await Store.WriteAsync(Ticks.At(price: 1, sequence: 10));
        await Store.WriteAsync(Ticks.At(price: 2, sequence: 11));
        await Store.WriteAsync(Ticks.At(price: 3, sequence: 9));

        Assert.Equal((2, 11), (Assert.Single(await Store.AllAsync()).Price, (await Store.AllAsync())[0].Sequence));
    }

    [Theory]
    [InlineData(nameof(PriceTick.EnergyCost))]
    [InlineData(nameof(PriceTick.CongestionCost))]
    [InlineData(nameof(PriceTick.LossCost))]
    public async Task Write_OnlyAComponentDiffersOrAppears_IsARevision(string component)
    {
        await Store.WriteAsync(Ticks.At(published: 1));
        await Store.WriteAsync(With(Ticks.At(published: 2), 1));
        await Store.WriteAsync(With(Ticks.At(published: 3), 2));
        await Store.WriteAsync(Ticks.At(published: 4));

        Assert.Equal(4, Assert.Single(await Store.AllAsync()).Revision);

        PriceTick With(PriceTick tick, double value) => component switch
        {
            nameof(PriceTick.EnergyCost) => tick with { EnergyCost = value },
            nameof(PriceTick.CongestionCost) => tick with { CongestionCost = value },
            _ => tick with { LossCost = value },
        };
    }

    [Fact]
    public async Task Write_VolumeAloneDiffers_IsADuplicate()
    {
        await Store.WriteAsync(Ticks.At(published: 1));
        await Store.WriteAsync(Ticks.At(published: 2) with { Volume = 9 });
        Assert.Null(Assert.Single(await Store.AllAsync()).Volume);
    }

    [Fact]
    public async Task Write_RevisionOfItsOwn_IsTakenWhenItIsHigher()
    {
        await Store.WriteAsync(Ticks.At(price: 1, published: 1, revision: 4));
        await Store.WriteAsync(Ticks.At(price: 2, published: 2, revision: 2));
        Assert.Equal(5, Assert.Single(await Store.AllAsync()).Revision);

        await Store.WriteAsync(Ticks.At(price: 3, published: 3, revision: 9));
        Assert.Equal(9, Assert.Single(await Store.AllAsync()).Revision);
        Assert.Equal([(1, 4), (2, 5)], await ReplacedAsync("51288"));
    }

    [Fact]
    public async Task Write_RevisionAtTheEndOfItsRange_StaysThere()
    {
        await Store.WriteAsync(Ticks.At(price: 1, published: 1, revision: int.MaxValue));
        await Store.WriteAsync(Ticks.At(price: 2, published: 2));

        Assert.Equal((2, int.MaxValue), (Assert.Single(await Store.AllAsync()).Price, (await Store.AllAsync())[0].Revision));
    }

    [Fact]
    public async Task Write_VersionsOfOneKeyInOneBatchInAnyOrder_LeavesTheLastAndKeepsTheOthers()
    {
        var (v1, v2, v3) = (Ticks.At(price: 1, published: 1), Ticks.At(price: 2, published: 2), Ticks.At(price: 3, published: 3));
        PriceTick[][] orders = [[v1, v2, v3], [v3, v2, v1], [v2, v3, v1, v2, v1, v3], [v3, v1, v3, v1, v2]];
        for (var i = 0; i < orders.Length; i++)
        {
            var location = "order" + i;
            await Store.WriteAsync([.. orders[i].Select(tick => tick with { Location = location }), Ticks.At(location: "other" + i)]);

            var stored = await Store.AllAsync(Ticks.Everything with { Locations = [location] });
            Assert.Equal(v3 with { Location = location, Revision = 3 }, Assert.Single(stored));
            Assert.Equal([(1, 1), (2, 2)], await ReplacedAsync(location));
        }

        Assert.Equal(8, (await Store.AllAsync()).Count);
    }

    [Fact]
    public async Task Write_BatchThatMeetsAStoredKey_GoesOnFromIt()
    {
        await Store.WriteAsync(Ticks.At(price: 2, published: 2));
        await Store.WriteAsync(
            Ticks.At(price: 1, published: 1), Ticks.At(price: 2, published: 2), Ticks.At(price: 4, published: 4), Ticks.At(price: 3, published: 3), Ticks.At(1));

        Assert.Equal((4, 4), ((await Store.AllAsync())[0].Price, (await Store.AllAsync())[0].Revision));
        Assert.Equal([(1, 1), (2, 2), (3, 3)], await ReplacedAsync("51288"));
        Assert.Equal(2, (await Store.AllAsync()).Count);
    }

    [Fact]
    public async Task Write_ValueRepeatedAfterAnother_WinsThoughTheOtherArrivesLast()
    {
        await Store.WriteAsync(Ticks.At(price: 1, published: 1));
        await Store.WriteAsync(Ticks.At(price: 1, published: 3));
        await Store.WriteAsync(Ticks.At(price: 2, published: 2));

        Assert.Equal(Ticks.At(price: 1, published: 3, revision: 3), Assert.Single(await Store.AllAsync()));
        Assert.Equal([(1, 1), (2, 2)], await ReplacedAsync("51288"));
    }

    [Fact]
    public async Task Write_TextNoStoreCanHold_IsRejectedWhole()
    {
        foreach (var text in new[] { "zero\0character", "half \ud83d pair", "wrong \udc00\ud83d" })
        {
            _ = await Assert.ThrowsAsync<HistoryRejectedException>(() => Store.WriteAsync(Ticks.At(), Ticks.At(1) with { Source = text }));
            _ = await Assert.ThrowsAsync<HistoryRejectedException>(() => Store.WriteAsync(Ticks.At(), Ticks.At(1, location: text)));
        }

        Assert.Empty(await Store.AllAsync());
    }

    [Fact]
    public async Task Write_UnknownZone_IsRejected() =>
        await Assert.ThrowsAsync<HistoryRejectedException>(() => Store.WriteAsync(Ticks.At() with { MarketZone = (MarketZone)99 }));

    [Fact]
    public async Task Write_Cancelled_Throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Prices.WriteAsync(new[] { Ticks.At() }, new(canceled: true)));

    [Fact]
    public async Task Write_InParallelOverTheSameKeys_EndsWithTheLastPublication()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async writer =>
        {
            for (var i = 0; i < 5; i++)
            {
                var published = (writer * 5) + i;
                await Store.WriteAsync([.. Enumerable.Range(0, 40).Select(place => Ticks.At(price: published, published: published, location: "L" + ((place * 7 + writer) % 40)))]);
            }
        }));

        var stored = await Store.AllAsync();
        Assert.Equal(40, stored.Count);
        Assert.All(stored, tick => Assert.Equal(59, tick.Price));
        Assert.All(await ReplacedAsync("L3"), replaced => Assert.NotEqual(59, replaced.Price));
    }
}
