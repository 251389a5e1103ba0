namespace OptiBid.History.Tests.Contract;

/// <summary>What <see cref="ILocationStateStore"/> promises, of any store.</summary>
public abstract class LocationStateContract : StoreContract
{
    private static readonly LocationId Place = new(MarketZone.PJM, "51288");

    private static LocationState State(LocationId place, DateTimeOffset savedAt, params PriceUpdate[] newest) => new(place, savedAt, newest, [1, 2, 3, 0, 255]);

    /// <summary>Puts bytes in the place of a saved state's newest prices, as another version of the program or a fault would leave them.</summary>
    protected abstract Task DamageAsync(string location, byte[] newest);

    private static PriceUpdate Update(PriceTick tick) => new(tick, 1.5, 2.5, null, -0.0);

    [Fact]
    public async Task Restore_SavedState_ComesBackWhole()
    {
        var tick = Ticks.At() with { EnergyCost = 1, LoadForecast = 2, Sequence = 77, Revision = 4, PublishedAt = Ticks.Noon.AddTicks(3) };
        var state = State(Place, Ticks.Noon, Update(tick), Update(tick with { PriceType = PriceType.DayAheadHourly, Source = null }));

        await Store.States.SaveAsync([state], Cancel);

        var restored = Assert.Single(await Store.States.RestoreAsync([Place], Ticks.Noon, Cancel));
        Assert.Equal((Place, Ticks.Noon), (restored.Location, restored.State!.SavedAt));
        Assert.Equal(state.Newest, restored.State.Newest);
        Assert.Equal(state.Windows, restored.State.Windows);
    }

    [Fact]
    public async Task Save_OlderThanStored_ChangesNothing()
    {
        await Store.States.SaveAsync([State(Place, Ticks.Noon.AddMinutes(1), Update(Ticks.At(price: 2)))], Cancel);
        await Store.States.SaveAsync([State(Place, Ticks.Noon, Update(Ticks.At(price: 1)))], Cancel);
        Assert.Equal(2, (await Store.States.RestoreAsync([Place], Ticks.Noon, Cancel))[0].State!.Newest[0].Tick.Price);

        await Store.States.SaveAsync([State(Place, Ticks.Noon.AddMinutes(2), Update(Ticks.At(price: 3))), State(Place, Ticks.Noon.AddMinutes(1))], Cancel);
        Assert.Equal(3, (await Store.States.RestoreAsync([Place], Ticks.Noon, Cancel))[0].State!.Newest[0].Tick.Price);
    }

    [Fact]
    public async Task Restore_WithoutState_GivesTheWholeTailInOrder()
    {
        await Store.WriteAsync(Ticks.At(2), Ticks.At(0), Ticks.At(1), Ticks.At(1, location: "other"), Ticks.At(1, zone: MarketZone.SPP));

        var restored = await Store.States.RestoreAsync([new(MarketZone.PJM, "never seen"), Place], Ticks.Noon.AddMinutes(5), Cancel);

        Assert.Equal(["never seen", "51288"], restored.Select(one => one.Location.Location));
        Assert.Null(restored[0].State);
        Assert.Empty(restored[0].Tail);
        Assert.Equal([Ticks.At(1).Stored(), Ticks.At(2).Stored()], restored[1].Tail);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task Restore_WithState_GivesWhatTheHistoryReceivedSince(int locations)
    {
        LocationId[] places = [.. Enumerable.Range(0, locations).Select(i => new LocationId(MarketZone.PJM, "L" + i))];
        await Store.WriteAsync([.. places.Select(place => Ticks.At(1, location: place.Location))]);
        await Store.WriteAsync([.. places.SelectMany(place => new[] { Ticks.At(0, location: place.Location), Ticks.At(-100, location: place.Location) })]);
        var now = TimeProvider.System.GetUtcNow();

        // Saved long before, or long after, what is in the history came in.
        await Store.States.SaveAsync([.. places.Select((place, i) => State(place, i % 2 == 0 ? now.AddHours(-1) : now.AddHours(1)))], Cancel);

        var restored = await Store.States.RestoreAsync(places, Ticks.Noon.AddHours(-1), Cancel);
        for (var i = 0; i < locations; i++)
        {
            Assert.NotNull(restored[i].State);
            Assert.Equal(i % 2 == 0 ? [Ticks.Noon, Ticks.Noon.AddMinutes(5)] : [], restored[i].Tail.Select(tick => tick.Timestamp));
        }
    }

    [Fact]
    public async Task Restore_RevisionAfterTheState_IsInTheTail()
    {
        await Store.WriteAsync(Ticks.At(price: 1, published: 1));
        await Store.States.SaveAsync([State(Place, TimeProvider.System.GetUtcNow())], Cancel);
        await Store.WriteAsync(Ticks.At(price: 2, published: 2));

        var tail = (await Store.States.RestoreAsync([Place], Ticks.Noon.AddHours(-1), Cancel))[0].Tail;
        Assert.Equal((2, 2), (Assert.Single(tail).Price, tail[0].Revision));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 99, 1, 2 })]
    [InlineData(new byte[] { 1, 255, 255, 255, 255, 7 })]
    public async Task Restore_OneStateUnreadable_IsAsIfItWereNotThereAndTheOthersCome(byte[] bytes)
    {
        await Store.WriteAsync(Ticks.At(0), Ticks.At(1), Ticks.At(1, location: "other"));
        var saved = TimeProvider.System.GetUtcNow().AddHours(1);
        var other = new LocationId(MarketZone.PJM, "other");
        await Store.States.SaveAsync([State(Place, saved, Update(Ticks.At(1))), State(other, saved, Update(Ticks.At(1, location: "other")))], Cancel);
        await DamageAsync("51288", bytes);

        var restored = await Store.States.RestoreAsync([other, Place], Ticks.Noon.AddHours(-1), Cancel);

        Assert.NotNull(restored[0].State);
        Assert.Empty(restored[0].Tail);
        Assert.Null(restored[1].State);
        Assert.Equal([Ticks.At(0).Stored(), Ticks.At(1).Stored()], restored[1].Tail);
    }

    [Fact]
    public async Task Restore_WindowsTheOwnerCannotUse_GivesTheWholeTail()
    {
        await Store.WriteAsync(Ticks.At(0), Ticks.At(1));
        await Store.States.SaveAsync([State(Place, TimeProvider.System.GetUtcNow().AddHours(1), Update(Ticks.At(1)))], Cancel);

        var asked = new List<LocationState>();
        var restored = Assert.Single(await Store.States.RestoreAsync([Place], Ticks.Noon.AddHours(-1), state =>
        {
            asked.Add(state);
            return false;
        }, Cancel));

        Assert.Equal((byte[])[1, 2, 3, 0, 255], Assert.Single(asked).Windows);
        Assert.Null(restored.State);
        Assert.Equal(2, restored.Tail.Count);
    }

    [Fact]
    public async Task ReadNewest_OneStateUnreadable_GivesWhatTheHistoryHas()
    {
        await Store.WriteAsync(Ticks.At(0, 10));
        await Store.States.SaveAsync(
        [
            State(Place, Ticks.Noon, Update(Ticks.At(0, 10))),
            State(new(MarketZone.PJM, "unwritten"), Ticks.Noon, Update(Ticks.At(0, 11, location: "unwritten"))),
            State(new(MarketZone.PJM, "whole"), Ticks.Noon, Update(Ticks.At(0, 12, location: "whole"))),
        ], Cancel);
        await DamageAsync("51288", [99]);
        await DamageAsync("unwritten", [99]);

        var newest = await Store.States.ReadNewestAsync([MarketZone.PJM], Cancel).ToListAsync(Cancel);

        Assert.Equal([(10, null), (12, 1.5)], newest.Select(update => (update.Tick.Price, update.Change)).Order());
    }

    [Fact]
    public async Task Restore_TenThousandLocations_GivesEachItsStateAndTail()
    {
        LocationId[] places = [.. Enumerable.Range(0, 10_000).Select(i => new LocationId(MarketZone.CAISO, "NODE_" + i))];
        for (var interval = 0; interval < 12; interval++)
        {
            await Store.WriteAsync([.. places.Select(place => Ticks.At(interval, zone: place.Zone, location: place.Location))]);
        }

        foreach (var some in places.Chunk(2_000))
        {
            await Store.States.SaveAsync([.. some.Select(place => State(place, TimeProvider.System.GetUtcNow(), Update(Ticks.At(zone: place.Zone, location: place.Location))))], Cancel);
        }

        var restored = await Store.States.RestoreAsync(places, Ticks.Noon.AddHours(-1), Cancel);
        Assert.Equal(places, restored.Select(one => one.Location));
        Assert.All(restored, one => Assert.NotNull(one.State));
        Assert.All(restored, one => Assert.Equal(12, one.Tail.Count));
    }

    [Fact]
    public async Task Restore_Nothing_GivesNothing() => Assert.Empty(await Store.States.RestoreAsync([], Ticks.Noon, Cancel));

    [Fact]
    public async Task ReadNewest_WithAndWithoutState_GivesTheNewestOfEachSeries()
    {
        await Store.WriteAsync(
            Ticks.At(0, 10), Ticks.At(1, 14), Ticks.At(0, 50, type: PriceType.DayAheadHourly),
            Ticks.At(5, 20, location: "stale"), Ticks.At(3, 7, zone: MarketZone.ERCOT));
        await Store.States.SaveAsync(
        [
            State(Place, Ticks.Noon, Update(Ticks.At(0, 10))),
            State(new(MarketZone.PJM, "stale"), Ticks.Noon, Update(Ticks.At(9, 21, location: "stale"))),
            State(new(MarketZone.PJM, "unwritten"), Ticks.Noon, Update(Ticks.At(1, 33, location: "unwritten"))),
        ], Cancel);

        var newest = await Store.States.ReadNewestAsync([MarketZone.PJM], Cancel).ToListAsync(Cancel);

        Assert.Equal(
            [("51288", PriceType.RealTime5Min, 14, 4.0), ("51288", PriceType.DayAheadHourly, 50, null), ("stale", PriceType.RealTime5Min, 21, 1.5), ("unwritten", PriceType.RealTime5Min, 33, 1.5)],
            newest.Select(update => (update.Tick.Location, update.Tick.PriceType, update.Tick.Price, update.Change)).OrderBy(row => row.Location, StringComparer.Ordinal).ThenBy(row => row.PriceType));
        Assert.Equal(2.5, newest.Single(update => update.Tick.Price == 14).Volatility1h);
    }

    [Fact]
    public async Task ReadNewest_OfNewestRevised_GivesTheRevision()
    {
        await Store.WriteAsync(Ticks.At(0, 10, published: 1));
        await Store.States.SaveAsync([State(Place, Ticks.Noon, Update(Ticks.At(0, 10, published: 1)))], Cancel);
        await Store.WriteAsync(Ticks.At(0, 12, published: 2));

        var update = Assert.Single(await Store.States.ReadNewestAsync([], Cancel).ToListAsync(Cancel));
        Assert.Equal((12, 2, 3.5), (update.Tick.Price, update.Tick.Revision, update.Change));
    }
}
