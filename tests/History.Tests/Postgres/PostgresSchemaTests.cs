using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OptiBid.History.Hosting;
using OptiBid.History.Migrations;

namespace OptiBid.History.Tests.Postgres;

public sealed class PostgresSchemaTests(PostgresForAll postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prepare_FourHostsAtOnce_RunsEachFileOnce()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var hosts = Enumerable.Range(0, 4).Select(_ => PostgresUnderTest.Open(connection)).ToList();

        var found = await Task.WhenAll(hosts.Select(host => Task.Run(() => host.Services.GetRequiredService<IHistoryStore>().PrepareAsync(Cancel), Cancel)));

        Assert.Single(found.Distinct());
        Assert.Equal(SqlFiles.Of("postgres").Select(file => file.Name), await ColumnAsync(connection, "select scriptname from history_migrations order by schemaversionsid"));
        foreach (var host in hosts)
        {
            await host.WriteAsync(Ticks.At());
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Prepare_Again_FindsNothingToDo()
    {
        var connection = await postgres.CreateDatabaseAsync();
        for (var i = 0; i < 2; i++)
        {
            await using var host = PostgresUnderTest.Open(connection);
            await host.WriteAsync(Ticks.At(i));
        }

        Assert.Equal(SqlFiles.Of("postgres").Count, (await ColumnAsync(connection, "select scriptname from history_migrations")).Count);
    }

    [Fact]
    public async Task Prepare_RoleThatMayNotCreateTables_UsesThoseThatAreThere()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using (var owner = PostgresUnderTest.Open(connection)) await owner.WriteAsync(Ticks.At());
        var role = "writer_" + new NpgsqlConnectionStringBuilder(connection).Database;
        await ExecuteAsync(connection,
            $"create role {role} login; grant select, insert, update, delete on all tables in schema public to {role}; revoke create on schema public from public");

        await using var writer = PostgresUnderTest.Open(new NpgsqlConnectionStringBuilder(connection) { Username = role }.ConnectionString);
        await writer.WriteAsync(Ticks.At(1), Ticks.At(1, price: 2, published: 1));

        Assert.Equal(2, (await writer.AllAsync()).Count);
    }

    [Fact]
    public async Task Prepare_RoleThatMayNotCreateTablesInAnEmptyDatabase_SaysSoAndDoesNotWait()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var role = "nobody_" + new NpgsqlConnectionStringBuilder(connection).Database;
        await ExecuteAsync(connection, $"create role {role} login; revoke create on schema public from public");

        await using var host = PostgresUnderTest.Open(new NpgsqlConnectionStringBuilder(connection) { Username = role }.ConnectionString);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Services.GetRequiredService<IHistoryStore>().PrepareAsync(Cancel));
        Assert.Contains("42501", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_OfArchitecture_AreAllThere()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var host = PostgresUnderTest.Open(connection);
        _ = await host.Prices.CheckAsync(Cancel);

        var tables = await ColumnAsync(connection, "select table_name::text from information_schema.tables where table_schema = 'public'");
        Assert.Superset(
            new HashSet<string> { "market_data", "market_data_revisions", "market_data_ingestions", "market_metrics", "market_data_quality", "location_state", "locations", "audit_log", "protected_values" },
            tables.ToHashSet());
    }

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        _ = await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<List<string>> ColumnAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var values = new List<string>();
        while (await reader.ReadAsync(Cancel)) values.Add(reader.GetString(0));
        return values;
    }
}
