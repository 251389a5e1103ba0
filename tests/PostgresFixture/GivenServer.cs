using System.Collections.Concurrent;
using Npgsql;

namespace OptiBid.PostgresFixture;

/// <summary>
/// A PostgreSQL server that somebody else runs, such as one with TimescaleDB: the environment variable
/// <c>OPTIBID_POSTGRES</c> is the connection string of a role that may create databases and roles there. What tests
/// create is dropped at the end.
/// </summary>
public sealed class GivenServer(string address) : IAsyncDisposable
{
    private readonly ConcurrentBag<string> _databases = [];
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private int _count;

    /// <summary>The variable, or null.</summary>
    public static string? Address { get; } = Environment.GetEnvironmentVariable("OPTIBID_POSTGRES") is { Length: > 0 } given ? given : null;

    /// <summary>Creates a database and gives its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"optibid_test_{_run}_{Interlocked.Increment(ref _count)}";
        await ExecuteAsync($"create database {name}");
        _databases.Add(name);
        return new NpgsqlConnectionStringBuilder(address) { Database = name, ConnectionIdleLifetime = 2, ConnectionPruningInterval = 1 }.ConnectionString;
    }

    /// <summary>Drops the databases, and the roles that tests named after them.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var name in _databases) await ExecuteAsync($"drop database if exists {name} with (force)");
        await ExecuteAsync(
            $"do $$ declare r text; begin for r in select rolname from pg_roles where rolname like '%\\_optibid\\_test\\_{_run}\\_%' loop execute format('drop role %I', r); end loop; end $$");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        _ = await command.ExecuteNonQueryAsync();
    }
}
