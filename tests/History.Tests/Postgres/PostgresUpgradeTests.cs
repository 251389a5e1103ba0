using Npgsql;
using OptiBid.History.Migrations;
using OptiBid.History.Tests.Contract;

namespace OptiBid.History.Tests.Postgres;

/// <summary>A database as release 0.1 left it, and what the ports without which it was made do on it.</summary>
public sealed class PostgresUpgradeTests(PostgresForAll postgres)
{
    private static readonly string[] LastRelease = ["001-market-data.sql", "002-locations.sql", "003-operations.sql", "010-orleans.sql"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_DatabaseOfTheLastRelease_TakesTheNewRecordsAndKeepsRightsGiven()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var writer = await PostgresForAll.CreateRoleAsync(connection, "upgraded");
        await using (var source = NpgsqlDataSource.Create(connection))
        {
            await CreateAsync(source, LastRelease.Contains);
            await ExecuteAsync(source,
                $"grant select, insert, update, delete on all tables in schema public to {writer.Username}; revoke create on schema public from public");
            await using (var store = PostgresUnderTest.Open(connection)) await store.Ingestions.RecordAsync([Fetches.Whole], Cancel);
            await ExecuteAsync(source, $"grant select, insert, update, delete on protected_values to {writer.Username}");
        }

        await using var least = PostgresUnderTest.Open(writer.ConnectionString);
        await least.Ingestions.RecordAsync([Fetches.Whole], Cancel);
        Assert.Equal([Fetches.Whole, Fetches.Whole], await least.Ingestions.ReadAsync(new() { Zone = MarketZone.ERCOT }, Cancel).ToListAsync(Cancel));
        Assert.Equal(2, await least.Ingestions.DeleteBeforeAsync(DateTimeOffset.MaxValue, Cancel));
        var version = await least.Values.WriteAsync("key", new byte[] { 1 }, 0, Cancel);
        Assert.Equal(version + 1, await least.Values.WriteAsync("key", new byte[] { 2 }, version, Cancel));
        _ = await least.Values.WriteAsync("key", new byte[] { 3 }, cancellationToken: Cancel);
    }

    [Fact]
    public async Task Open_PricesFromBeforePublicationsWereKept_GoOnFromThem()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(connection))
        {
            await CreateAsync(source, name => string.CompareOrdinal(name, "013") < 0);
            await ExecuteAsync(source, UpgradedPrices.Insert);
        }

        await using var store = PostgresUnderTest.Open(connection);
        await UpgradedPrices.AssertContinuedAsync(store);
    }

    [Fact]
    public async Task Ports_DatabaseAway_AreUnavailable()
    {
        await using var store = PostgresUnderTest.Open("Host=127.0.0.1;Port=1;Database=x;Username=x");
        await PortsAway.AssertUnavailableAsync(store.Ingestions, store.Audit, store.Counts, store.Values, store.Hours, store.Findings, store.Keys);
    }

    private static async Task CreateAsync(NpgsqlDataSource source, Predicate<string> isIn)
    {
        await ExecuteAsync(source,
            "create table history_migrations (schemaversionsid serial primary key, scriptname varchar(255) not null, applied timestamp without time zone not null)");
        foreach (var file in SqlFiles.Of("postgres").Where(file => isIn(file.Name)))
        {
            await ExecuteAsync(source, file.Text);
            await ExecuteAsync(source, $"insert into history_migrations (scriptname, applied) values ('{file.Name}', now())");
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        _ = await command.ExecuteNonQueryAsync(Cancel);
    }
}
