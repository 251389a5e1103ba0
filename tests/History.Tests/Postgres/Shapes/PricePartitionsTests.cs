using Npgsql;
using OptiBid.History.Migrations;

namespace OptiBid.History.Tests.Postgres.Shapes;

/// <summary>Prices partitioned by PostgreSQL itself.</summary>
public sealed class PricePartitionsTests(PostgresForAll postgres)
{
    private const string Ranges = "select partition || ' ' || first::date || ' ' || beyond::date from price_partitions('market_data') order by first";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_TimesOfAllAges_MakesAPartitionForEachAndTwoForTheImpossible()
    {
        var connection = await postgres.CreatePlainDatabaseAsync();
        await using var store = PostgresUnderTest.Open(connection);
        PriceTick[] ticks = [At(1970, 1), At(1997, 12), At(1998, 1), At(2026, 11), At(2026, 12), At(2100, 12), At(2101, 1), At(9999, 12)];
        await store.WriteAsync(ticks);
        await store.WriteAsync([.. ticks.Select(tick => tick with { Price = 31, PublishedAt = tick.PublishedAt.AddHours(1) })]);

        Assert.Equal(
            [
                "market_data_before_1998 -infinity 1998-01-01", "market_data_1998_01 1998-01-01 1998-02-01", "market_data_2026_11 2026-11-01 2026-12-01",
                "market_data_2026_12 2026-12-01 2027-01-01", "market_data_2100_12 2100-12-01 2101-01-01", "market_data_after_2100 2101-01-01 infinity",
            ],
            await Sql.ColumnAsync(connection, Ranges));
        var read = await store.AllAsync(new() { Start = DateTimeOffset.UnixEpoch.AddYears(-1), End = new(9999, 12, 30, 0, 0, 0, TimeSpan.Zero) });
        Assert.Equal(ticks.Select(tick => (tick.Timestamp, 31.0, 2)), read.Select(tick => (tick.Timestamp, tick.Price, tick.Revision)));
        Assert.Equal(["8"], await Sql.ColumnAsync(connection, "select count(*) from market_data_revisions"));
        Assert.Equal(["6"], await Sql.ColumnAsync(connection,
            "select count(*) from price_partitions('market_data') p join pg_class c on c.oid = p.partition where 'autovacuum_analyze_threshold=200000' = any(c.reloptions)"));
    }

    [Fact]
    public async Task Write_ManyHostsAtOnceIntoNewMonths_AllSucceed()
    {
        var connection = await postgres.CreatePlainDatabaseAsync();
        var hosts = Enumerable.Range(0, 4).Select(_ => PostgresUnderTest.Open(connection)).ToList();
        foreach (var host in hosts) _ = await host.Prices.CheckAsync(Cancel);

        await Task.WhenAll(hosts.Select((host, i) => Task.Run(
            () => host.WriteAsync([.. Enumerable.Range(1, 12).Select(month => At(2025, month, $"L{i}"))]), Cancel)));

        Assert.Equal(48, (await hosts[0].AllAsync(new() { Start = At(2025, 1).Timestamp, End = At(2026, 1).Timestamp })).Count);
        Assert.Equal(12, (await Sql.ColumnAsync(connection, Ranges)).Count);
        foreach (var host in hosts) await host.DisposeAsync();
    }

    [Fact]
    public async Task Write_WhileAReaderIsInTheMiddle_DoesNotWaitForIt()
    {
        var connection = await postgres.CreatePlainDatabaseAsync();
        await using var store = PostgresUnderTest.Open(connection);
        await store.WriteAsync(At(2025, 1));
        await using var reader = new NpgsqlConnection(connection);
        await reader.OpenAsync(Cancel);
        await using var transaction = await reader.BeginTransactionAsync(Cancel);
        await using var read = new NpgsqlCommand("select count(*) from market_data", reader);
        _ = await read.ExecuteScalarAsync(Cancel);

        await store.WriteAsync(At(2025, 2)).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }

    [Fact]
    public async Task Prepare_SettingChangedToDays_DividesOnlyWhatIsNotThereYet()
    {
        var connection = await postgres.CreatePlainDatabaseAsync();
        var now = DateTimeOffset.UtcNow;
        DateTimeOffset thisMonth = new(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var next = thisMonth.AddMonths(1);
        await using (var byMonth = PostgresUnderTest.Open(connection)) await byMonth.WriteAsync(Hour(thisMonth));

        await using (var byDay = PostgresUnderTest.Open(connection, ("History:Partition", "Day")))
        {
            await byDay.WriteAsync(Hour(thisMonth.AddDays(2)), Hour(next), Hour(next.AddDays(1)), Hour(thisMonth.AddYears(-5)));
        }

        await using var again = PostgresUnderTest.Open(connection);
        await again.WriteAsync(Hour(next.AddDays(3)), Hour(next.AddMonths(1)));

        Assert.Equal(
            [
                $"market_data_{thisMonth.AddYears(-5):yyyy_MM}", $"market_data_{thisMonth:yyyy_MM}", $"market_data_{next:yyyy_MM_dd}",
                $"market_data_{next.AddDays(1):yyyy_MM_dd}", $"market_data_{next.AddDays(3):yyyy_MM_dd}", $"market_data_{next.AddMonths(1):yyyy_MM}",
            ],
            (await Sql.ColumnAsync(connection, Ranges)).Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData("Month", 4, "partitions by month")]
    [InlineData("Day", 11, "partitions by day")]
    public async Task PrepareAhead_TwiceAndByManyHosts_KeepsTheNextPartitions(string unit, int expected, string words)
    {
        var connection = await postgres.CreatePlainDatabaseAsync();
        var now = DateTimeOffset.UtcNow;
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            await using var host = PostgresUnderTest.Open(connection, ("History:Partition", unit));
            await host.Upkeep.PrepareAheadAsync(now, Cancel);
            await host.Upkeep.PrepareAheadAsync(now, Cancel);
            Assert.EndsWith(words, await host.Prices.CheckAsync(Cancel), StringComparison.Ordinal);
        }, Cancel)));

        Assert.Equal(expected, (await Sql.ColumnAsync(connection, Ranges)).Count);
        Assert.Equal(["4"], await Sql.ColumnAsync(connection, "select count(*) from price_partitions('market_data_quality')"));
    }

    [Fact]
    public async Task Prepare_FilledTableOfTheLastRelease_BecomesOnePartitionWithAllThatStoodOnIt()
    {
        var connection = await postgres.CreatePlainDatabaseAsync();
        var role = await PostgresForAll.CreateRoleAsync(connection, "reader");
        foreach (var file in SqlFiles.Of("postgres").TakeWhile(file => string.CompareOrdinal(file.Name, "013") < 0)) await Sql.ExecuteAsync(connection, file.Text);
        await Sql.ExecuteAsync(connection,
            $"""
            create table history_migrations (schemaversionsid serial primary key, scriptname varchar(255) not null, applied timestamp without time zone not null);
            insert into history_migrations (scriptname, applied) select unnest(array['001-market-data.sql', '002-locations.sql', '003-operations.sql', '010-orleans.sql', '011-ingestion-log.sql', '012-protected-values.sql']), now();
            insert into market_data (market_zone, location, price_type, timestamp, interval_minutes, price, published_at, revision, sequence)
            select 'PJM', '51288', 'REAL_TIME_HOURLY', t, 60, 30, t, 1, 0
            from unnest(array[timestamptz '1990-01-01Z', '2024-02-29Z', date_trunc('hour', now()), '2222-02-02Z']) t;
            grant select on market_data to {role.Username};
            grant update (price) on market_data to public;
            create view cheapest as select min(price) as price, count(*) as rows from market_data;
            grant select on cheapest to {role.Username};
            """);

        await using (var store = PostgresUnderTest.Open(connection))
        {
            await store.WriteAsync(At(2025, 5), Hour(new(2024, 2, 29, 0, 0, 0, TimeSpan.Zero)) with { Price = 7, Sequence = 1 });
        }

        var partitions = await Sql.ColumnAsync(connection, Ranges);
        Assert.Equal(2, partitions.Count);
        Assert.Matches(@"^market_data_until_\d{4}_\d\d -infinity ", partitions[0]);
        Assert.StartsWith("market_data_after_2100", partitions[1], StringComparison.Ordinal);
        Assert.Equal(["7 5"], await Sql.ColumnAsync(role.ConnectionString, "select price || ' ' || rows from cheapest"));
        Assert.Equal(["5"], await Sql.ColumnAsync(role.ConnectionString, "select count(*) from market_data"));
        Assert.Equal(["30"], await Sql.ColumnAsync(connection, "select price from market_data_revisions"));
        Assert.Equal(
            ["market_data_by_ingestion", "market_data_by_time", "market_data_key"],
            await Sql.ColumnAsync(connection, "select relname from pg_index join pg_class on pg_class.oid = indexrelid where indrelid = 'market_data'::regclass order by 1"));
        Assert.Equal(["UPDATE"], await Sql.ColumnAsync(connection, "select privilege_type from information_schema.column_privileges where table_name = 'market_data' and column_name = 'price' and grantee = 'PUBLIC'"));
        Assert.StartsWith("Current value", Assert.Single(await Sql.ColumnAsync(connection, "select obj_description('market_data'::regclass)")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_CalledByWhomeverItDoesNotConcern_Refuse()
    {
        var connection = await postgres.CreatePlainDatabaseAsync();
        await using (var store = PostgresUnderTest.Open(connection)) _ = await store.Prices.CheckAsync(Cancel);
        var role = await PostgresForAll.CreateRoleAsync(connection, "reader");
        await Sql.ExecuteAsync(connection, $"grant select on market_data to {role.Username}");

        Assert.Equal("42501", await RefusedAsync(role.ConnectionString, "select keep_partition('market_data', now(), 'month')"));
        Assert.Equal("42501", await RefusedAsync(role.ConnectionString, "select drop_partitions_before('market_data', '2020-01-01Z')"));
        Assert.Equal("22023", await RefusedAsync(connection, "select keep_partition('pg_class', now(), 'month')"));
        Assert.Equal("22023", await RefusedAsync(connection, "select drop_partitions_before('market_data', now() - interval '6 days')"));
    }

    private static async Task<string> RefusedAsync(string connection, string sql) =>
        (await Assert.ThrowsAsync<PostgresException>(() => Sql.ExecuteAsync(connection, sql))).SqlState;

    private static PriceTick At(int year, int month, string location = "51288") => Hour(new(year, month, 1, 0, 0, 0, TimeSpan.Zero), location);

    private static PriceTick Hour(DateTimeOffset time, string location = "51288") =>
        Ticks.At(type: PriceType.RealTimeHourly, location: location) with { Timestamp = time, PublishedAt = time };
}
