using Npgsql;
using OptiBid.History.Postgres;

namespace OptiBid.History.Backups;

/// <summary>
/// The database by <c>pg_dump</c> and <c>pg_restore</c> in their custom format, while everything goes on. With
/// TimescaleDB as its manual asks ("Logical backup with pg_dump and pg_restore"): the same version of the extension on
/// both sides, restoring mode around the restore, and no parallel jobs. The cluster's membership is left out: silos
/// that are gone must not come back with it.
/// </summary>
internal sealed class PostgresBackup(PostgresStore store) : IHistoryBackup
{
    private const string Partial = ".partial";
    private readonly NpgsqlConnectionStringBuilder _connection = store.Owner;

    public async Task BackupAsync(string target, CancellationToken cancellationToken = default)
    {
        var file = Path.GetFullPath(target);
        if (Path.Exists(file)) throw new BackupException($"{file} exists already; name a file that does not.");

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            _ = await Tool.RunAsync(
                "pg_dump", ["--format=custom", "--no-password", "--exclude-table-data=orleans_cluster", "--exclude-table-data=orleans_silo", $"--file={file}{Partial}"], cancellationToken);
            File.Move(file + Partial, file);
        }
        finally
        {
            File.Delete(file + Partial);
        }
    }

    public async Task RestoreAsync(string source, CancellationToken cancellationToken = default)
    {
        var file = Path.GetFullPath(source);
        if (!File.Exists(file)) throw new BackupException($"There is no file {file}.");

        var contents = await Tool.RunAsync("pg_restore", ["--list", file], cancellationToken);
        if (!contents.Contains(" history_migrations ", StringComparison.Ordinal)) throw new BackupException($"{file} is not a backup of a price history.");

        var withTimescale = contents.Contains(" EXTENSION - timescaledb", StringComparison.Ordinal);
        try
        {
            await using var target = NpgsqlDataSource.Create(_connection.ConnectionString);
            await CheckEmptyAsync(target, cancellationToken);
            if (withTimescale) await ExecuteAsync(target, "create extension if not exists timescaledb", cancellationToken);
            if (withTimescale) await ExecuteAsync(target, "select timescaledb_pre_restore()", cancellationToken);
            _ = await Tool.RunAsync(
                "pg_restore", ["--no-password", "--no-owner", "--no-privileges", "--no-comments", "--exit-on-error", $"--dbname={_connection.Database}", file], cancellationToken);
            if (withTimescale) await ExecuteAsync(target, "select timescaledb_post_restore()", cancellationToken);

            // A dump carries no statistics before version 18; without them the first queries would be planned blindly.
            await ExecuteAsync(target, "analyze", cancellationToken);
        }
        catch (Exception error) when (PostgresErrors.Concerns(error))
        {
            throw new BackupException($"The backup {file} cannot be restored to {store.Name}: {PostgresErrors.Reason(error)}", error);
        }

        _ = await store.PrepareAsync(cancellationToken);
    }

    private PostgresTool Tool => new(_connection, store.Options.PostgresTools);

    private async Task CheckEmptyAsync(NpgsqlDataSource target, CancellationToken cancellationToken)
    {
        await using var any = target.CreateCommand("select exists (select from pg_tables where tablename in ('history_migrations', 'market_data'))");
        if (await any.ExecuteScalarAsync(cancellationToken) is true)
        {
            throw new BackupException($"There is a history already in {store.Name}, and a backup is restored to an empty database. Create one and name it in ConnectionStrings:History.");
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource target, string sql, CancellationToken cancellationToken)
    {
        await using var command = target.CreateCommand(sql);
        command.CommandTimeout = 0;
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
