using FsCheck;
using FsCheck.Fluent;

namespace OptiBid.History.Tests.Contract;

/// <summary>That the history, what it knew at an instant and every revision follow from the set of publications, of any store.</summary>
public abstract class PublicationContract : StoreContract
{
    // A range that is not read in many empty pieces.
    private static PriceQuery Around => new() { Start = Ticks.Noon.AddHours(-1), End = Ticks.Noon.AddDays(10) };

    private static DateTimeOffset Minute(double minute) => Ticks.Noon.AddMinutes(minute);

    // Volume is no part of the value: it tells which publication is shown.
    private static PriceTick Published(double at, double price, string location = "51288", long sequence = 0, int revision = 0, int interval = 0) =>
        Ticks.At(interval, price, location: location, sequence: sequence, revision: revision) with { PublishedAt = Minute(at), Volume = (at * 100) + sequence };

    [Fact]
    public void Write_AnyOrderInAnyBatches_GivesWhatTheSetOfPublicationsSays()
    {
        var run = 0;
        var publication = from key in Gen.Choose(0, 4)
                          from at in Gen.Choose(0, 5)
                          from sequence in Gen.Choose(0, 1)
                          from price in Gen.Choose(0, 2)
                          from revision in Gen.Elements(0, 0, 0, 1, 2, 5)
                          select (Key: key, At: at, Sequence: sequence, Price: price, Revision: revision);
        var deliveries = from count in Gen.Choose(1, 40)
                         from publications in publication.ArrayOf(count)
                         let set = publications.DistinctBy(one => (one.Key, one.At, one.Sequence)).ToArray()
                         from again in Gen.Elements(set).ArrayOf(count / 3)
                         from order in Gen.Shuffle(set.Concat(again).ToArray())
                         from size in Gen.Choose(1 + (order.Length / 8), order.Length)
                         select (Order: order, Size: size);

        Prop.ForAll(deliveries.ToArbitrary(), delivery =>
        {
            var place = $"run{run++}-";
            PriceTick[] ticks = [.. delivery.Order.Select(one => Published(one.At, one.Price, place + one.Key, one.Sequence, one.Revision))];
            foreach (var batch in ticks.Chunk(delivery.Size)) Store.WriteAsync(batch).GetAwaiter().GetResult();

            var query = Around with { Locations = [.. ticks.Select(tick => tick.Location).Distinct()] };
            return IsHeldAsync(query, ticks).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));
    }

    [Fact]
    public async Task Write_EachOrderOfARepeatedValueAndOneInBetween_GivesOneHistory()
    {
        var orders = Orders([0, 1, 2, 3]).ToArray();
        (double At, double Price)[] publications = [(1, 10), (3, 10), (2, 10), (1.5, 20)];
        PriceTick Tick(int order, int step) => Published(publications[orders[order][step]].At, publications[orders[order][step]].Price, "order" + order);

        for (var step = 0; step < 4; step++)
        {
            await Store.WriteAsync([.. Enumerable.Range(0, orders.Length).Select(order => Tick(order, step))]);
        }

        var (first, between, stands) = (Published(1, 10, revision: 1), Published(1.5, 20, revision: 2), Published(2, 10, revision: 3));
        Assert.Equal(24, orders.Length);
        Assert.All(await Store.AllAsync(), tick => Assert.Equal(stands with { Location = tick.Location }, tick));
        Assert.All((await RevisionsAsync(Around)).GroupBy(row => row.Tick.Location), rows => Assert.Equal(
            [(first with { Location = rows.Key }, Minute(1.5)), (between with { Location = rows.Key }, Minute(2)), (stands with { Location = rows.Key }, null)],
            rows.Select(row => (row.Tick, row.SupersededAt))));
    }

    [Fact]
    public async Task Write_ManyRevisionsOfAMarket_AreKeptExactly()
    {
        string[] places = [.. Enumerable.Range(0, 200).Select(i => "L" + i)];
        PriceTick[] ticks = [.. from place in places from at in new[] { 0, 4, 2, 1, 3 } select Published(at, at % 4 == 0 ? 7 : at, place)];

        // The first of each stands; then all at once, in rounds, with what is late among them.
        await Store.WriteAsync([.. ticks.Where(tick => tick.PublishedAt == Minute(0))]);
        await Store.WriteAsync([.. ticks.Where(tick => tick.PublishedAt == Minute(4))]);
        await Store.WriteAsync(ticks);

        Assert.True(await IsHeldAsync(Around, ticks));
    }

    [Fact]
    public async Task Write_LateFromParallelWriters_GivesOneHistory()
    {
        PriceTick[] ticks = [.. from place in Enumerable.Range(0, 40) from at in Enumerable.Range(0, 12) select Published(at, at / 2 % 3, "L" + place, revision: at == 5 ? 4 : 0)];
        await Store.WriteAsync([.. ticks.Where(tick => tick.PublishedAt == Minute(6))]);
        PriceTick[] mixed = [.. ticks.OrderBy(tick => (tick.Location.GetHashCode(StringComparison.Ordinal) * 31) ^ tick.PublishedAt.GetHashCode())];

        // A deadlock would end a writer with an error.
        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            PriceTick[] own = [.. mixed.Where((_, i) => i % 6 == writer || i % 7 == writer)];
            foreach (var batch in own.Chunk(40)) await Store.WriteAsync(batch);
        }, Cancel)));

        Assert.True(await IsHeldAsync(Around, ticks));
    }

    [Fact]
    public async Task Write_SamePublicationAgainWithAnotherValue_ChangesNothing()
    {
        await Store.WriteAsync(Published(1, 10), Published(1, 99), Published(2, 20), Published(3, 30));
        await Store.WriteAsync(Published(1, 11), Published(2, 22, revision: 9), Published(3, 33));
        Assert.True(await IsHeldAsync(Around, [Published(1, 10), Published(2, 20), Published(3, 30)]));
    }

    [Fact]
    public async Task ReadRevisions_LateValue_SaysWhenItCameAndWhenItWasSuperseded()
    {
        await Store.WriteAsync(Published(1, 10));
        await Store.WriteAsync(Published(3, 30));
        var before = TimeProvider.System.GetUtcNow();
        await Store.WriteAsync(Published(2, 20));

        var rows = await RevisionsAsync(Around);

        Assert.Equal([Minute(2), Minute(3), null], rows.Select(row => row.SupersededAt));
        Assert.True(rows[0].IngestedAt <= rows[2].IngestedAt && rows[2].IngestedAt <= rows[1].IngestedAt);
        Assert.InRange(rows[1].IngestedAt, before.AddSeconds(-1), before.AddMinutes(1));
    }

    [Fact]
    public async Task ReadRevisions_OfARepetitionThatCameToStand_SaysWhenTheRepetitionCame()
    {
        await Store.WriteAsync(Published(1, 10));
        await Store.WriteAsync(Published(3, 10));
        await Store.WriteAsync(Published(2, 20));

        var rows = await RevisionsAsync(Around);
        Assert.Equal([100, 200, 300], rows.Select(row => row.Tick.Volume));
        Assert.True(rows[0].IngestedAt < rows[2].IngestedAt && rows[2].IngestedAt < rows[1].IngestedAt);
    }

    [Fact]
    public async Task Read_BoundsOfPrice_AreOfWhatIsShown()
    {
        await Store.WriteAsync(Published(1, 10), Published(2, 20), Published(3, 30));
        var (low, middle) = (Around with { MaxPrice = 10 }, Around with { MinPrice = 15, MaxPrice = 25 });

        Assert.Empty(await Store.AllAsync(low with { AsOf = Minute(2) }));
        Assert.Equal(10, Assert.Single(await Store.AllAsync(low with { AsOf = Minute(1) })).Price);
        Assert.Equal((20, 2, Minute(3)), Assert.Single((await RevisionsAsync(middle)).Select(row => (row.Tick.Price, row.Tick.Revision, row.SupersededAt))));
        Assert.Null(Assert.Single(await RevisionsAsync(middle with { AsOf = Minute(2.5) })).SupersededAt);
    }

    [Fact]
    public async Task Read_AsOfBeforeTheFirstPublication_GivesNothing()
    {
        await Store.WriteAsync(Published(1, 10), Published(2, 20));
        Assert.Empty(await Store.AllAsync(Around with { AsOf = Minute(0.99) }));
        Assert.Empty(await RevisionsAsync(Around with { AsOf = Minute(0.99) }));
        Assert.Equal(10, Assert.Single(await Store.AllAsync(Around with { AsOf = Minute(1).ToOffset(TimeSpan.FromHours(-6)) })).Price);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 4)]
    [InlineData(true, 4)]
    public async Task Read_PageAfterPage_GivesEveryRowOnceInOrder(bool descending, int size)
    {
        PriceTick[] ticks =
        [
            .. from interval in new[] { 0, 1, 2_000 }
               from place in new[] { "Z", "a", "é" }
               from at in new[] { 0, 1, 2 }
               where place != "a" || at < 2
               select Published(at, at == 1 ? 5 : 6, place, interval: interval),
        ];
        await Store.WriteAsync(ticks);
        foreach (IReadOnlyList<string> locations in new string[][] { [], ["Z", "é", "a"] })
        {
            var query = Around with { Descending = descending, Locations = locations };
            var stood = await PagesAsync(
                query with { AsOf = Minute(1) }, size, page => Store.AllAsync(page), tick => new(tick.Timestamp, tick.MarketZone, tick.Location, tick.PriceType));
            Assert.Equal(Expected(ticks, descending, Minute(1)).GroupBy(row => (row.Tick.Timestamp, row.Tick.Location)).Select(rows => rows.Last().Tick), stood);

            var revisions = await PagesAsync(query, size, RevisionsAsync,
                row => new(row.Tick.Timestamp, row.Tick.MarketZone, row.Tick.Location, row.Tick.PriceType, row.Tick.Revision));
            Assert.Equal(Expected(ticks, descending), revisions.Select(row => (row.Tick, row.SupersededAt)));
        }
    }

    [Fact]
    public async Task ReadRevisions_AfterAKeyWithoutRevision_GoesOnWithTheNextPrice()
    {
        await Store.WriteAsync(Published(0, 1, "a"), Published(1, 2, "a"), Published(0, 1, "b"), Published(1, 2, "b"));
        var rows = await RevisionsAsync(Around with { After = new(Ticks.Noon, MarketZone.PJM, "a", PriceType.RealTime5Min) });
        Assert.Equal([("b", 1), ("b", 2)], rows.Select(row => (row.Tick.Location, row.Tick.Revision)));
    }

    private async Task<bool> IsHeldAsync(PriceQuery query, PriceTick[] publications)
    {
        Assert.Equal(Standing(null), await Store.AllAsync(query));
        Assert.Equal(Expected(publications, descending: false), (await RevisionsAsync(query)).Select(row => (row.Tick, row.SupersededAt)));
        DateTimeOffset[] instants = [.. publications.Select(tick => tick.PublishedAt).Distinct()];
        foreach (var instant in instants) Assert.Equal(Standing(instant), await Store.AllAsync(query with { AsOf = instant }));

        var middle = instants[instants.Length / 2].AddSeconds(30);
        Assert.Equal(Expected(publications, descending: false, middle), (await RevisionsAsync(query with { AsOf = middle })).Select(row => (row.Tick, row.SupersededAt)));
        return true;

        IEnumerable<PriceTick> Standing(DateTimeOffset? asOf) =>
            Expected(publications, descending: false, asOf).Where(row => row.SupersededAt is null).Select(row => row.Tick);
    }

    private static IEnumerable<(PriceTick Tick, DateTimeOffset? SupersededAt)> Expected(PriceTick[] publications, bool descending, DateTimeOffset? asOf = null)
    {
        var prices = publications.GroupBy(tick => (tick.Timestamp, tick.Location));
        return (descending ? prices.OrderByDescending(price => price.Key.Timestamp) : prices.OrderBy(price => price.Key.Timestamp))
            .ThenBy(price => price.Key.Location, StringComparer.Ordinal)
            .SelectMany(price => PublishedPrice.Revisions(price.DistinctBy(tick => (tick.PublishedAt, tick.Sequence)), asOf));
    }

    private static async Task<List<T>> PagesAsync<T>(PriceQuery query, int size, Func<PriceQuery, Task<List<T>>> read, Func<T, PriceKey> key)
    {
        var rows = new List<T>();
        while (true)
        {
            var page = await read(query with { Limit = size, After = rows.Count == 0 ? null : key(rows[^1]) });
            Assert.True(page.Count <= size);
            rows.AddRange(page);
            if (page.Count == 0) return rows;
        }
    }

    private async Task<List<PriceRevision>> RevisionsAsync(PriceQuery query) => await Store.Prices.ReadRevisionsAsync(query, Cancel).ToListAsync(Cancel);

    private static IEnumerable<int[]> Orders(int[] of) =>
        of.Length == 1 ? [of] : of.SelectMany(first => Orders([.. of.Where(other => other != first)]).Select(rest => (int[])[first, .. rest]));
}
