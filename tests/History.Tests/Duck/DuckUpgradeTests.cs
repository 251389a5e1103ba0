using DuckDB.NET.Data;
using OptiBid.History.Migrations;
using OptiBid.History.Tests.Contract;

namespace OptiBid.History.Tests.Duck;

/// <summary>A file as release 0.1 left it, and what the ports without which it was made do on it.</summary>
public sealed class DuckUpgradeTests : IDisposable
{
    private readonly DuckFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_FileOfTheLastRelease_TakesTheNewRecordsAndKeepsItsPrices()
    {
        using (var connection = new DuckDBConnection("Data Source=" + _folder.File))
        {
            connection.Open();
            Create(connection, name => name == "001-history.sql");
            Execute(connection,
                """
                insert into market_data (market_zone, location, price_type, "timestamp", interval_minutes, price, published_at, revision, "sequence", ingested_at)
                values ('PJM', '51288', 'REAL_TIME_5_MIN', '2026-11-22 12:00:00+00', 5, 30, '2026-11-22 12:00:00+00', 1, 0, now())
                """);
        }

        for (var i = 1; i <= 2; i++)
        {
            await using var store = _folder.Open();
            await store.Ingestions.RecordAsync([Fetches.Whole], Cancel);
            var version = await store.Values.WriteAsync("key", new[] { (byte)i }, (await store.Values.FindAsync("key", Cancel))?.Version, Cancel);

            Assert.Equal(Enumerable.Repeat(Fetches.Whole, i), await store.Ingestions.ReadAsync(new() { Zone = MarketZone.ERCOT }, Cancel).ToListAsync(Cancel));
            Assert.Equal(i, version);
            Assert.Single(await store.AllAsync());
            Assert.Single(await store.Prices.ResampleAsync(new() { Prices = Ticks.Everything, Every = new(1, BucketUnit.Day) }, Cancel).ToListAsync(Cancel));
            Assert.Equal([new(Ticks.Noon, 1)], await store.Counts.CountAsync(MarketZone.PJM, PriceType.RealTime5Min, Ticks.Noon, Ticks.Noon.AddDays(1), Cancel));
        }
    }

    [Fact]
    public async Task Open_PricesFromBeforePublicationsWereKept_GoOnFromThem()
    {
        using (var connection = new DuckDBConnection("Data Source=" + _folder.File))
        {
            connection.Open();
            Create(connection, name => string.CompareOrdinal(name, "004") < 0);
            Execute(connection, UpgradedPrices.Insert);
        }

        await using var store = _folder.Open();
        await UpgradedPrices.AssertContinuedAsync(store);
    }

    // A process that is killed leaves what it has changed in the log beside the file, and not all changes of tables can be
    // played back: a column that is added where another has a computed default, for one.
    [Fact]
    public async Task Open_ProcessDiedInTheMiddleOfItsMigrations_PlaysThemBack()
    {
        using (var connection = new DuckDBConnection("Data Source=" + _folder.File))
        {
            connection.Open();
            foreach (var file in SqlFiles.Of("duck"))
            {
                Create(connection, name => name == file.Name);
                var copy = Directory.CreateDirectory(Path.Combine(_folder.Path, "after " + file.Name)).FullName;
                File.Copy(_folder.File, Path.Combine(copy, "prices.duckdb"));
                File.Copy(_folder.File + ".wal", Path.Combine(copy, "prices.duckdb.wal"));
                await using var store = new HistoryUnderTest(("Data:Directory", copy));
                await store.WriteAsync(Ticks.At());
            }
        }
    }

    [Fact]
    public async Task Ports_AfterDispose_AreUnavailable()
    {
        var store = _folder.Open();
        await store.WriteAsync(Ticks.At());
        var (log, audit, counts, values, hours, findings, keys) = (store.Ingestions, store.Audit, store.Counts, store.Values, store.Hours, store.Findings, store.Keys);
        await store.DisposeAsync();
        await PortsAway.AssertUnavailableAsync(log, audit, counts, values, hours, findings, keys);
    }

    private static void Create(DuckDBConnection connection, Predicate<string> isIn)
    {
        Execute(connection, "create table if not exists history_migrations (name varchar primary key, applied_at timestamptz not null)");
        foreach (var file in SqlFiles.Of("duck").Where(file => isIn(file.Name)))
        {
            Execute(connection, file.Text);
            Execute(connection, $"insert into history_migrations values ('{file.Name}', now())");
        }
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }
}
