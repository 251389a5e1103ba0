using System.Collections.Concurrent;
using Npgsql;
using OptiBid.History.Tests;
using OptiBid.PostgresFixture;

[assembly: AssemblyFixture(typeof(PostgresForAll))]

namespace OptiBid.History.Tests;

/// <summary>
/// One PostgreSQL server for the whole test run, started when the first test asks, or the one that
/// <c>OPTIBID_POSTGRES</c> names; each test has its own database, which goes when the next of its collection wants one.
/// </summary>
public sealed class PostgresForAll : IAsyncLifetime
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.StartNewAsync());
    private readonly Lazy<GivenServer> _given = new(() => new(GivenServer.Address!));
    private readonly ConcurrentDictionary<string, List<(string Test, string Connection)>> _created = new(StringComparer.Ordinal);

    public async Task<string> CreateDatabaseAsync()
    {
        if (GivenServer.Address is not null) return await _given.Value.CreateDatabaseAsync();

        SkipWithoutServer();
        var server = await _server.Value;
        if (TestContext.Current is not { TestCollection.UniqueID: { } collection, Test.UniqueID: { } test }) return await server.CreateDatabaseAsync();

        // Tests of a collection run one after another.
        var created = _created.GetOrAdd(collection, static _ => []);
        foreach (var old in created.Where(one => one.Test != test)) await server.DropDatabaseAsync(old.Connection);
        created.RemoveAll(one => one.Test != test);
        var connection = await server.CreateDatabaseAsync();
        created.Add((test, connection));
        return connection;
    }

    /// <summary>A database on a server that has no TimescaleDB to offer; where there is none, the test is skipped.</summary>
    public async Task<string> CreatePlainDatabaseAsync()
    {
        var connection = await CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("select exists (select from pg_available_extensions where name = 'timescaledb')");
        Assert.SkipWhen(await command.ExecuteScalarAsync() is true, "The server that OPTIBID_POSTGRES names has TimescaleDB; this is about a server without it.");
        return connection;
    }

    /// <summary>Creates a role that may log in and has no rights yet.</summary>
    /// <returns>The connection string as that role.</returns>
    public static async Task<NpgsqlConnectionStringBuilder> CreateRoleAsync(string connection, string name)
    {
        var role = new NpgsqlConnectionStringBuilder(connection);
        role.Username = $"{name}_{role.Database}";
        await using var source = NpgsqlDataSource.Create(connection);
        await using var create = source.CreateCommand($"create role {role.Username} login" + (role.Password is { } password ? $" password '{password.Replace("'", "''", StringComparison.Ordinal)}'" : ""));
        _ = await create.ExecuteNonQueryAsync();
        return role;
    }

    public static void SkipWithoutServer()
    {
        var reason = PostgresBinaries.WhySkip();
        Assert.SkipWhen(reason is not null, reason ?? "");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated) await (await _server.Value).DisposeAsync();
        if (_given.IsValueCreated) await _given.Value.DisposeAsync();
    }
}
