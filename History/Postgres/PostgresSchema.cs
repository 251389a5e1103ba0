using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using DbUp.Postgresql;
using Microsoft.Extensions.Logging;
using Npgsql;
using OptiBid.History.Hosting;
using OptiBid.History.Migrations;
using OptiBid.History.Postgres.Shapes;

namespace OptiBid.History.Postgres;

/// <summary>
/// Brings the database's tables up to date. Any number of hosts may start at once: an advisory lock lets one
/// after the other through, the first runs the SQL files that have not run yet, each in its own transaction with
/// the note that it has, and the others find nothing left to do. The lock goes with its connection, so a host
/// that dies while it holds it holds nobody up.
/// </summary>
internal sealed partial class PostgresSchema(NpgsqlDataSource source, HistoryOptions options, ILogger<PostgresSchema> log)
{
    // "optibid" in ASCII; any constant would do, as long as all hosts use the same.
    private const long LockKey = 0x6F707469626964;
    private const string Journal = "history_migrations";

    /// <summary>Runs what has not run, and says what was found.</summary>
    /// <exception cref="InvalidOperationException">A migration cannot be run here; trying again will not help.</exception>
    public async Task<PostgresShape> PrepareAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await AloneAsync(connection, async () =>
        {
            var schema = (string?)await new NpgsqlCommand("select current_schema()::text", connection).ExecuteScalarAsync(cancellationToken)
                ?? throw new InvalidOperationException("The database role has no schema to create tables in; set Search Path in ConnectionStrings:History.");
            var timescale = new Timescale(source, log);
            var isThere = await timescale.FindAsync(connection, cancellationToken);
            await Task.Run(() => Migrate(schema, isThere ? ["postgres"] : ["postgres", "postgres-plain"]), cancellationToken);
            if (isThere) await timescale.PartitionAsync(connection, cancellationToken);
            var shape = await PostgresShape.ReadAsync(connection, cancellationToken);
            await new PriceViews(connection, options, log).CreateMissingAsync(shape, cancellationToken);
            return shape;
        }, cancellationToken);
    }

    /// <summary>Brings into line with the options what may change from one start to the next, one host at a time.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await AloneAsync(connection, async () =>
        {
            var shape = await PostgresShape.ReadAsync(connection, cancellationToken);
            await new PriceViews(connection, options, log).ConvertAsync(shape, cancellationToken);
            await new TimescalePolicies(connection, options, log).ApplyAsync(shape, cancellationToken);
            return shape;
        }, cancellationToken);
    }

    private static async Task<PostgresShape> AloneAsync(NpgsqlConnection connection, Func<Task<PostgresShape>> run, CancellationToken cancellationToken)
    {
        await using (var take = new NpgsqlCommand("select pg_advisory_lock(@key)", connection) { CommandTimeout = 0 })
        {
            take.Parameters.AddWithValue("key", LockKey);
            _ = await take.ExecuteNonQueryAsync(cancellationToken);
        }

        try
        {
            return await run();
        }
        finally
        {
            await using var give = new NpgsqlCommand("select pg_advisory_unlock(@key)", connection);
            give.Parameters.AddWithValue("key", LockKey);
            if (connection.FullState.HasFlag(System.Data.ConnectionState.Open)) _ = await give.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private void Migrate(string schema, string[] folders)
    {
        var engine = DeployChanges.To
            .PostgresqlDatabase(new PostgresqlConnectionManager(source))
            .JournalToPostgresqlTable(schema, Journal)
            .WithScripts(folders.SelectMany(SqlFiles.Of).OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => new SqlScript(file.Name, file.Text)))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .WithExecutionTimeout(TimeSpan.FromHours(1))
            .LogTo(new QuietLog())
            .Build();
        var result = engine.PerformUpgrade();
        foreach (var script in result.Scripts) LogMigrated(script.Name);
        if (result.Successful) return;

        var file = result.ErrorScript?.Name ?? "before the first file";
        throw result.Error is PostgresException { IsTransient: false } refused && !refused.SqlState.StartsWith("57", StringComparison.Ordinal)
            ? new InvalidOperationException($"The history's tables cannot be created or updated ({file}): {PostgresErrors.Reason(refused)}", refused)
            : result.Error;
    }

    [LoggerMessage(LogLevel.Information, "History tables: ran {File}.")]
    private partial void LogMigrated(string file);

    // DbUp would tell every step; what ran and what failed is said above.
    private sealed class QuietLog : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args)
        {
        }

        public void LogDebug(string format, params object[] args)
        {
        }

        public void LogInformation(string format, params object[] args)
        {
        }

        public void LogWarning(string format, params object[] args)
        {
        }

        public void LogError(string format, params object[] args)
        {
        }

        public void LogError(Exception ex, string format, params object[] args)
        {
        }
    }
}
