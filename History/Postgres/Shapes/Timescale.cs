using Microsoft.Extensions.Logging;
using Npgsql;

namespace OptiBid.History.Postgres.Shapes;

/// <summary>
/// Uses TimescaleDB where it is: the tables that grow with time become hypertables, which its Apache licence allows.
/// Everything gives the same results without it, so whatever stands in its way is said in the log and nothing more.
/// </summary>
internal sealed partial class Timescale(NpgsqlDataSource source, ILogger log)
{
    private static readonly (string Table, string Chunk)[] Hypertables =
        [("market_data", "1 day"), ("market_metrics", "30 days"), ("market_data_quality", "30 days")];

    /// <summary>True where the extension is, or has just been created.</summary>
    public async Task<bool> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await IsInstalledAsync(connection, cancellationToken) || await TryInstallAsync(cancellationToken);

    /// <summary>Makes hypertables of the tables that grow with time.</summary>
    public async Task PartitionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var (table, chunk) in Hypertables) await PartitionAsync(connection, table, chunk, cancellationToken);
    }

    private static async Task<bool> IsInstalledAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select exists (select from pg_extension where extname = 'timescaledb')", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<bool> TryInstallAsync(CancellationToken cancellationToken)
    {
        // On its own connection: a server that has not loaded the library ends the connection that asks for it.
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var available = new NpgsqlCommand("select exists (select from pg_available_extensions where name = 'timescaledb')", connection);
        if (!(bool)(await available.ExecuteScalarAsync(cancellationToken))!)
        {
            LogNotAvailable();
            return false;
        }

        try
        {
            await using var create = new NpgsqlCommand("create extension if not exists timescaledb", connection);
            _ = await create.ExecuteNonQueryAsync(cancellationToken);
            NpgsqlConnection.ClearPool(connection);
            return true;
        }
        catch (NpgsqlException error)
        {
            LogNotInstalled(PostgresErrors.Reason(error));
            return false;
        }
    }

    private async Task PartitionAsync(NpgsqlConnection connection, string table, string chunk, CancellationToken cancellationToken)
    {
        await using var known = new NpgsqlCommand(
            "select exists (select from timescaledb_information.hypertables where hypertable_name = @table and hypertable_schema = current_schema())", connection);
        known.Parameters.AddWithValue("table", table);
        if ((bool)(await known.ExecuteScalarAsync(cancellationToken))!) return;

        try
        {
            await using var partitioned = new NpgsqlCommand("select relkind = 'p' from pg_class where oid = @table::regclass", connection);
            partitioned.Parameters.AddWithValue("table", table);
            if ((bool)(await partitioned.ExecuteScalarAsync(cancellationToken))!)
            {
                LogPartitionedAlready(table);
                return;
            }

            // Table names are the constants above; an identifier cannot be a parameter.
            await using var filled = new NpgsqlCommand($"select exists (select from {table})", connection);
            if ((bool)(await filled.ExecuteScalarAsync(cancellationToken))!)
            {
                LogNotEmpty(table);
                return;
            }

            await using var create = new NpgsqlCommand(
                "select create_hypertable(@table::regclass, 'timestamp'::name, chunk_time_interval => @chunk::interval, create_default_indexes => false)", connection);
            create.Parameters.AddWithValue("table", table);
            create.Parameters.AddWithValue("chunk", chunk);
            _ = await create.ExecuteNonQueryAsync(cancellationToken);
            LogPartitioned(table, chunk);
        }
        catch (PostgresException error)
        {
            LogNotPartitioned(table, PostgresErrors.Reason(error));
        }
    }

    [LoggerMessage(LogLevel.Information, "TimescaleDB is not on this server; the history uses tables partitioned by PostgreSQL.")]
    private partial void LogNotAvailable();

    [LoggerMessage(LogLevel.Warning, "TimescaleDB is on this server but cannot be used ({Reason}); the history uses tables partitioned by PostgreSQL.")]
    private partial void LogNotInstalled(string reason);

    [LoggerMessage(LogLevel.Information, "{Table} is a hypertable with chunks of {Chunk}.")]
    private partial void LogPartitioned(string table, string chunk);

    [LoggerMessage(LogLevel.Information, "{Table} is partitioned by PostgreSQL and stays so, though TimescaleDB is here.")]
    private partial void LogPartitionedAlready(string table);

    [LoggerMessage(LogLevel.Warning, "{Table} already holds rows and stays a plain table; create_hypertable with migrate_data turns it into a hypertable while nothing writes.")]
    private partial void LogNotEmpty(string table);

    [LoggerMessage(LogLevel.Warning, "{Table} cannot become a hypertable ({Reason}) and stays a plain table.")]
    private partial void LogNotPartitioned(string table, string reason);
}
