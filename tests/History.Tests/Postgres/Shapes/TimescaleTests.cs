using Npgsql;

namespace OptiBid.History.Tests.Postgres.Shapes;

/// <summary>
/// What is asked of TimescaleDB, and when. A stand-in with the extension's entry in the catalogue, its views and its
/// functions' signatures notes the calls; that the calls work there can only be tried where the extension is.
/// </summary>
public sealed class TimescaleTests(PostgresForAll postgres)
{
    private const string StandIn =
        """
        set allow_system_table_mods = on;
        insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
        select 4200000000, 'timescaledb', 10, oid, false, '2.23.0' from pg_namespace where nspname = 'public';
        create schema timescaledb_information;
        create schema _timescaledb_catalog;
        create table timescaledb_information.hypertables (hypertable_schema name, hypertable_name name, compression_enabled boolean);
        create table timescaledb_information.continuous_aggregates (view_schema name, view_name name);
        create table timescaledb_information.jobs (proc_name name, hypertable_schema name, hypertable_name name, schedule_interval interval, config jsonb);
        create table _timescaledb_catalog.continuous_agg (mat_hypertable_id integer, user_view_schema name, user_view_name name);
        create table calls (id serial, call text);
        create function create_hypertable(
            relation regclass, time_column_name name, partitioning_column name = null, number_partitions integer = null,
            chunk_time_interval anyelement = null::bigint, create_default_indexes boolean = true)
        returns text language plpgsql as $$
        begin
            if relation = to_regclass('{0}') then raise exception 'cannot partition {0}'; end if;
            insert into timescaledb_information.hypertables values (current_schema(), relation::text, true);
            insert into calls (call) values (concat_ws(' ', relation, time_column_name, chunk_time_interval, pg_typeof(chunk_time_interval), create_default_indexes));
            return relation;
        end $$;
        create function add_policy(proc name, relation regclass, setting text, age interval) returns integer language sql as $$
            insert into timescaledb_information.jobs values (proc, current_schema(), relation::text, '12:00', jsonb_build_object(setting, age));
            insert into calls (call) values (concat_ws(' ', 'add', proc, relation, age)) returning id $$;
        create function remove_policy(proc name, relation regclass) returns integer language sql as $$
            delete from timescaledb_information.jobs where proc_name = proc and hypertable_name = relation::text;
            insert into calls (call) values (concat_ws(' ', 'remove', proc, relation)) returning id $$;
        create function add_compression_policy(relation regclass, compress_after interval) returns integer language sql as $$ select add_policy('policy_compression', relation, 'compress_after', compress_after) $$;
        create function add_retention_policy(relation regclass, drop_after interval) returns integer language sql as $$ select add_policy('policy_retention', relation, 'drop_after', drop_after) $$;
        create function remove_compression_policy(relation regclass) returns integer language sql as $$ select remove_policy('policy_compression', relation) $$;
        create function remove_retention_policy(relation regclass) returns integer language sql as $$ select remove_policy('policy_retention', relation) $$;
        create function drop_chunks(relation regclass, older_than timestamptz) returns setof text language sql as $$
            insert into calls (call) values ('drop_chunks ' || relation) returning 'a chunk' $$;
        """;

    private static readonly string[] Hypertables =
    [
        "market_data timestamp 1 day interval f", "market_metrics timestamp 30 days interval f", "market_data_quality timestamp 30 days interval f",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prepare_WithTheExtension_MakesEachTableOfTimeAHypertableOnce()
    {
        var connection = await CreateAsync(license: "apache");
        for (var i = 0; i < 2; i++)
        {
            await using var host = PostgresUnderTest.Open(connection);
            Assert.EndsWith("TimescaleDB 2.23.0 (Apache)", await host.Prices.CheckAsync(Cancel), StringComparison.Ordinal);
            Assert.Equal(Hypertables, await CallsAsync(connection));
        }
    }

    [Fact]
    public async Task Apply_Apache_AsksForNothingThatItsLicenceForbids()
    {
        var connection = await CreateAsync(license: "apache");
        await using var host = PostgresUnderTest.Open(connection, ("History:Retention:Prices", "30.00:00:00"));
        await host.Upkeep.ApplyOptionsAsync(Cancel);
        Assert.Equal("a chunk", await host.Upkeep.RemovePricesBeforeAsync(Ticks.Noon, Cancel));

        Assert.Equal([.. Hypertables, "drop_chunks market_data"], await CallsAsync(connection));
    }

    [Fact]
    public async Task Apply_Community_ReplacesOnlyAPolicyThatSaysSomethingElse()
    {
        var connection = await CreateAsync();
        string[] calls = [.. Hypertables];
        Assert.EndsWith("(Community), not compressed", await CheckAsync(), StringComparison.Ordinal);

        await ApplyAndExpectAsync([], "add policy_compression market_data 7 days");
        Assert.EndsWith("(Community), compressed after 7 days", await CheckAsync(), StringComparison.Ordinal);
        await ApplyAndExpectAsync([]);
        await ApplyAndExpectAsync([("History:CompressAfter", "3.12:00:00"), ("History:Retention:Prices", "30.00:00:00")],
            "remove policy_compression market_data", "add policy_compression market_data 3 days 12:00:00", "add policy_retention market_data 30 days");
        await ApplyAndExpectAsync([("History:CompressAfter", "3.12:00:00"), ("History:Retention:Prices", "31.00:00:00")],
            "remove policy_retention market_data", "add policy_retention market_data 31 days");
        await ApplyAndExpectAsync([("History:CompressAfter", "00:00:00")], "remove policy_compression market_data", "remove policy_retention market_data");
        Assert.EndsWith("(Community), not compressed", await CheckAsync(), StringComparison.Ordinal);

        async Task ApplyAndExpectAsync((string, string)[] settings, params string[] expected)
        {
            await using var host = PostgresUnderTest.Open(connection, settings);
            await host.Upkeep.ApplyOptionsAsync(Cancel);
            calls = [.. calls, .. expected];
            Assert.Equal(calls, await CallsAsync(connection));
        }

        async Task<string> CheckAsync()
        {
            await using var host = PostgresUnderTest.Open(connection);
            return await host.Prices.CheckAsync(Cancel);
        }
    }

    [Fact]
    public async Task Prepare_CommunityRefusesContinuousAggregates_HasPlainViewsAndGoesOn()
    {
        var connection = await CreateAsync();
        await using var host = PostgresUnderTest.Open(connection);
        await host.WriteAsync(Ticks.At(price: 1), Ticks.At(1, price: 3));
        await host.Upkeep.ApplyOptionsAsync(Cancel);

        foreach (var view in new[] { "market_data_5min", "market_data_hour", "market_data_day" })
        {
            Assert.Equal(["2"], await Sql.ColumnAsync(connection, $"select sum(data_points) from {view}"));
        }
    }

    [Theory]
    [InlineData("timescale", "100000", "0")]
    [InlineData("apache", "100000", "100000")]
    [InlineData("timescale", null, "")]
    public async Task Write_WhereStatementsMayDecompressSoMuchOnly_LiftsTheLimitForTheBatch(string license, string? limit, string expected)
    {
        const string Setting = "timescaledb.max_tuples_decompressed_per_dml_transaction";
        var connection = await CreateAsync(license: license);
        var database = new NpgsqlConnectionStringBuilder(connection).Database;
        if (limit is not null) await Sql.ExecuteAsync(connection, $"alter database {database} set {Setting} = {limit}");
        await using var host = PostgresUnderTest.Open(connection);
        _ = await host.Prices.CheckAsync(Cancel);
        await Sql.ExecuteAsync(connection,
            $"""
            create function note() returns trigger language plpgsql as $$ begin insert into calls (call) values (coalesce(current_setting('{Setting}', true), '')); return null; end $$;
            create trigger notes after insert on market_data for each statement execute function note();
            """);

        await host.WriteAsync(Ticks.At());
        await host.WriteAsync(Ticks.At(price: 31, published: 1));

        Assert.Equal([expected], (await CallsAsync(connection)).Skip(Hypertables.Length).Distinct());
    }

    [Fact]
    public async Task Prepare_ExtensionComesToPartitions_LeavesThemAsTheyAre()
    {
        var connection = await postgres.CreatePlainDatabaseAsync();
        await using (var before = PostgresUnderTest.Open(connection)) await before.WriteAsync(Ticks.At());
        await StandInAsync(connection, "no_table", "timescale");

        await using var host = PostgresUnderTest.Open(connection);
        await host.WriteAsync(Ticks.At(1), Ticks.At() with { Timestamp = Ticks.Noon.AddDays(-200) });
        await host.Upkeep.ApplyOptionsAsync(Cancel);

        Assert.Empty(await CallsAsync(connection));
        Assert.EndsWith("TimescaleDB 2.23.0 (Community), partitions by month", await host.Prices.CheckAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(3, (await host.AllAsync()).Count);
    }

    [Fact]
    public async Task Prepare_ExtensionRefusesATable_UsesThePlainOneAndGoesOn()
    {
        var connection = await CreateAsync(refused: "market_data");
        await using var host = PostgresUnderTest.Open(connection);
        await host.WriteAsync(Ticks.At());
        await host.Upkeep.ApplyOptionsAsync(Cancel);

        Assert.Equal(Hypertables[1..], await CallsAsync(connection));
        Assert.EndsWith("a plain table", await host.Prices.CheckAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(Ticks.At().Stored(), Assert.Single(await host.AllAsync()));
        Assert.Equal("1 rows", await host.Upkeep.RemovePricesBeforeAsync(Ticks.Noon.AddMinutes(1), Cancel));
        Assert.Empty(await host.AllAsync());
    }

    [Fact]
    public async Task Prepare_WithoutTheExtension_SaysSo()
    {
        await using var host = PostgresUnderTest.Open(await postgres.CreatePlainDatabaseAsync());
        Assert.EndsWith("no TimescaleDB, partitions by month", await host.Prices.CheckAsync(Cancel), StringComparison.Ordinal);
    }

    private async Task<string> CreateAsync(string refused = "no_table", string license = "timescale")
    {
        var connection = await postgres.CreatePlainDatabaseAsync();
        await StandInAsync(connection, refused, license);
        return connection;
    }

    private static Task StandInAsync(string connection, string refused, string license) =>
        Sql.ExecuteAsync(connection, StandIn.Replace("{0}", refused, StringComparison.Ordinal)
            + $"alter database {new NpgsqlConnectionStringBuilder(connection).Database} set timescaledb.license = '{license}'");

    private static Task<List<string>> CallsAsync(string connection) => Sql.ColumnAsync(connection, "select call from calls order by id");
}
