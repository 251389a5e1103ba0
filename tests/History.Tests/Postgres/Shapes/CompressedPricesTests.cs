using OptiBid.History.Tests.Contract;

namespace OptiBid.History.Tests.Postgres.Shapes;

/// <summary>Prices that TimescaleDB has compressed; only where <c>OPTIBID_POSTGRES</c> names a server with its Community licence.</summary>
public sealed class CompressedPricesTests(PostgresForAll postgres)
{
    private static readonly DateTimeOffset LongAgo = Ticks.Noon.AddDays(-200);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_IntoCompressedPrices_GivesTheSameHistoryAsIntoOthers()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var store = PostgresUnderTest.Open(connection);
        Assert.SkipUnless(
            (await store.Prices.CheckAsync(Cancel)).Contains("(Community)", StringComparison.Ordinal), "There is no TimescaleDB with the Community licence; see OPTIBID_POSTGRES.");
        await using var plain = new PlainTwin();
        PriceTick[] first = [.. from interval in Enumerable.Range(0, 288) from place in Enumerable.Range(0, 20) select At(interval, 10, 1, place)];
        await BothAsync(first);
        await Sql.ColumnAsync(connection,
            "do $$ begin if not (select compression_enabled from timescaledb_information.hypertables where hypertable_name = 'market_data') then "
            + "alter table market_data set (timescaledb.compress, timescaledb.compress_segmentby = 'market_zone, location, price_type', timescaledb.compress_orderby = 'timestamp'); end if; end $$;"
            + "select count(compress_chunk(c))::text from show_chunks('market_data') c");

        // Corrections, repetitions, what came late, and what is new, all among what is compressed.
        PriceTick[][] batches =
        [
            [.. Enumerable.Range(0, 288).Select(interval => At(interval, 11, 3, 3))],
            [.. Enumerable.Range(0, 288).Select(interval => At(interval, 10, 4, 4))],
            [.. Enumerable.Range(0, 288).Select(interval => At(interval, 12, 2, 3)), .. Enumerable.Range(0, 288).Select(interval => At(interval, 9, 2, 4))],
            [.. Enumerable.Range(0, 100).Select(interval => At(interval, 8, 0, 5)), .. Enumerable.Range(0, 20).Select(place => At(288, 7, 1, place))],
            first,
        ];
        foreach (var batch in batches) await BothAsync(batch);

        var all = new PriceQuery { Start = LongAgo.AddDays(-1), End = LongAgo.AddDays(3) };
        Assert.Equal(await plain.Store.AllAsync(all), await store.AllAsync(all));
        Assert.Equal(
            await plain.Store.AllAsync(all with { AsOf = LongAgo.AddMinutes(500) }), await store.AllAsync(all with { AsOf = LongAgo.AddMinutes(500) }));
        Assert.Equal(await RevisionsAsync(plain.Store), await RevisionsAsync(store));

        async Task BothAsync(PriceTick[] ticks)
        {
            await store.WriteAsync(ticks);
            await plain.Store.WriteAsync(ticks);
        }

        async Task<List<(PriceTick, DateTimeOffset?)>> RevisionsAsync(HistoryUnderTest history) =>
            await history.Prices.ReadRevisionsAsync(all, Cancel).Select(revision => (revision.Tick, revision.SupersededAt)).ToListAsync(Cancel);
    }

    private static PriceTick At(int interval, double price, int published, int place)
    {
        var start = LongAgo.AddMinutes(5 * interval);
        return Ticks.At(price: price, location: $"L{place}") with { Timestamp = start, PublishedAt = start.AddMinutes(published) };
    }

    /// <summary>The embedded store, which compresses nothing of this kind.</summary>
    private sealed class PlainTwin : IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("optibid-twin-").FullName;

        public PlainTwin() => Store = new(("Data:Directory", _folder));

        public HistoryUnderTest Store { get; }

        public async ValueTask DisposeAsync()
        {
            await Store.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
