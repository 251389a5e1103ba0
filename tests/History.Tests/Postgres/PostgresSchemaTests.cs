using Microsoft.Extensions.DependencyInjection;
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
        Assert.Equal(await FilesAsync(connection), await Sql.ColumnAsync(connection, "select scriptname from history_migrations order by schemaversionsid"));
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

        Assert.Equal((await FilesAsync(connection)).Count(), (await Sql.ColumnAsync(connection, "select scriptname from history_migrations")).Count);
    }

    [Fact]
    public async Task Prepare_RoleThatMayNotCreateTables_UsesThoseThatAreThere()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using (var owner = PostgresUnderTest.Open(connection)) await owner.WriteAsync(Ticks.At());
        var role = await PostgresForAll.CreateRoleAsync(connection, "writer");
        await Sql.ExecuteAsync(connection,
            $"grant select, insert, update, delete on all tables in schema public to {role.Username}; revoke create on schema public from public");

        await using var writer = PostgresUnderTest.Open(role.ConnectionString);
        var elsewhen = Ticks.At() with { Timestamp = Ticks.Noon.AddDays(-100) };
        await writer.WriteAsync(Ticks.At(1), Ticks.At(1, price: 2, published: 1), elsewhen);

        Assert.Equal(3, (await writer.AllAsync()).Count);
    }

    [Fact]
    public async Task Prepare_RoleThatMayNotCreateTablesInAnEmptyDatabase_SaysSoAndDoesNotWait()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var role = await PostgresForAll.CreateRoleAsync(connection, "nobody");
        await Sql.ExecuteAsync(connection, "revoke create on schema public from public");

        await using var host = PostgresUnderTest.Open(role.ConnectionString);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Services.GetRequiredService<IHistoryStore>().PrepareAsync(Cancel));
        Assert.Contains("42501", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_OfArchitecture_AreAllThere()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var host = PostgresUnderTest.Open(connection);
        _ = await host.Prices.CheckAsync(Cancel);

        var tables = await Sql.ColumnAsync(connection, "select table_name::text from information_schema.tables where table_schema = 'public'");
        Assert.Superset(
            new HashSet<string> { "market_data", "market_data_revisions", "market_data_ingestions", "market_metrics", "market_data_quality", "location_state", "locations", "audit_log", "protected_values", "api_keys" },
            tables.ToHashSet());
    }

    // What only a database without TimescaleDB needs is not run where it is.
    private static async Task<IEnumerable<string>> FilesAsync(string connection) =>
        ((await Sql.ColumnAsync(connection, "select extname::text from pg_extension where extname = 'timescaledb'")).Count == 0 ? ["postgres", "postgres-plain"] : new[] { "postgres" })
            .SelectMany(SqlFiles.Of).Select(file => file.Name).Order(StringComparer.Ordinal);
}
