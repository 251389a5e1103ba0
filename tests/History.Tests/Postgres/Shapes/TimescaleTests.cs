using Npgsql;

namespace OptiBid.History.Tests.Postgres;

/// <summary>
/// What is asked of TimescaleDB, and when. A stand-in with the extension's entry in the catalogue, its view and its
/// function's signature notes the calls; that the calls work there can only be tried where the extension is.
/// </summary>
public sealed class TimescaleTests(PostgresForAll postgres)
{
    private const string StandIn =
        """
        set allow_system_table_mods = on;
        insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
        select 4200000000, 'timescaledb', 10, oid, false, '2.23.0' from pg_namespace where nspname = 'public';
        create schema timescaledb_information;
        create table timescaledb_information.hypertables (hypertable_schema name, hypertable_name name);
        create table hypertable_calls (id serial, call text);
        create function create_hypertable(
            relation regclass, time_column_name name, partitioning_column name = null, number_partitions integer = null,
            chunk_time_interval anyelement = null::bigint, create_default_indexes boolean = true)
        returns text language plpgsql as $$
        begin
            if relation = to_regclass('{0}') then raise exception 'cannot partition {0}'; end if;
            insert into timescaledb_information.hypertables values (current_schema(), relation::text);
            insert into hypertable_calls (call) values (concat_ws(' ', relation, time_column_name, chunk_time_interval, pg_typeof(chunk_time_interval), create_default_indexes));
            return relation;
        end $$;
        """;

    private static readonly string[] Calls =
    [
        "market_data timestamp 1 day interval f", "market_metrics timestamp 30 days interval f", "market_data_quality timestamp 30 days interval f",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prepare_WithTheExtension_MakesEachTableOfTimeAHypertableOnce()
    {
        var connection = await CreateAsync();
        for (var i = 0; i < 2; i++)
        {
            await using var host = PostgresUnderTest.Open(connection);
            Assert.EndsWith("TimescaleDB 2.23.0", await host.Prices.CheckAsync(Cancel), StringComparison.Ordinal);
            Assert.Equal(Calls, await CallsAsync(connection));
        }
    }

    [Fact]
    public async Task Prepare_ExtensionComesToAFilledTable_LeavesItAsItIs()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using (var before = PostgresUnderTest.Open(connection)) await before.WriteAsync(Ticks.At());
        await ExecuteAsync(connection, StandIn.Replace("{0}", "no_table", StringComparison.Ordinal));

        await using var host = PostgresUnderTest.Open(connection);
        await host.WriteAsync(Ticks.At(1));

        Assert.Equal(Calls[1..], await CallsAsync(connection));
        Assert.Equal(2, (await host.AllAsync()).Count);
    }

    [Fact]
    public async Task Prepare_ExtensionRefusesATable_UsesThePlainOneAndGoesOn()
    {
        var connection = await CreateAsync(refused: "market_data");
        await using var host = PostgresUnderTest.Open(connection);
        await host.WriteAsync(Ticks.At());

        Assert.Equal(Calls[1..], await CallsAsync(connection));
        Assert.Equal(Ticks.At().Stored(), Assert.Single(await host.AllAsync()));
    }

    [Fact]
    public async Task Prepare_WithoutTheExtension_UsesPlainTablesAndSaysSo()
    {
        await using var host = PostgresUnderTest.Open(await postgres.CreateDatabaseAsync());
        Assert.EndsWith("no TimescaleDB", await host.Prices.CheckAsync(Cancel), StringComparison.Ordinal);
    }

    private async Task<string> CreateAsync(string refused = "no_table")
    {
        var connection = await postgres.CreateDatabaseAsync();
        await ExecuteAsync(connection, StandIn.Replace("{0}", refused, StringComparison.Ordinal));
        return connection;
    }

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        _ = await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<List<string>> CallsAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("select call from hypertable_calls order by id");
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var calls = new List<string>();
        while (await reader.ReadAsync(Cancel)) calls.Add(reader.GetString(0));
        return calls;
    }
}
