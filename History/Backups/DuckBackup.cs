using DuckDB.NET.Data;
using OptiBid.History.Duck;

namespace OptiBid.History.Backups;

/// <summary>
/// The embedded file as a folder of Parquet files and the SQL that makes the tables (DuckDB manual, "EXPORT and IMPORT
/// DATABASE"), which any DuckDB can import and any Parquet reader can read. One process may hold the file, so the
/// product has to be stopped meanwhile.
/// </summary>
internal sealed class DuckBackup(DuckStore store) : IHistoryBackup
{
    private const string Partial = ".partial";

    public async Task BackupAsync(string target, CancellationToken cancellationToken = default)
    {
        var folder = Path.GetFullPath(target);
        if (Path.Exists(folder)) throw new BackupException($"{folder} exists already; name a folder that does not.");
        if (!File.Exists(store.FilePath)) throw new BackupException($"There is no history at {store.FilePath}; set Data:Directory to where it is.");

        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        RemovePartial(folder);
        try
        {
            // On a connection of its own: the writer's has temporary tables, which would be exported in part.
            _ = await store.ReadAsync(
                $"write a backup to {folder}", $"export database {Quoted(folder + Partial)} (format parquet, compression zstd)", [], static _ => 0, cancellationToken);
            Directory.Move(folder + Partial, folder);
        }
        catch (Exception error) when (error is IOException or HistoryUnavailableException or HistoryRejectedException)
        {
            RemovePartial(folder);
            throw new BackupException(error.Message, error);
        }
        catch (OperationCanceledException)
        {
            RemovePartial(folder);
            throw;
        }
    }

    public async Task RestoreAsync(string source, CancellationToken cancellationToken = default)
    {
        var folder = Path.GetFullPath(source);
        if (!File.Exists(Path.Combine(folder, "schema.sql"))) throw new BackupException($"{folder} is not a backup of the embedded history: it has no schema.sql.");
        if (File.Exists(store.FilePath))
        {
            throw new BackupException($"There is a history already at {store.FilePath}, and a backup is restored to an empty place. Move it away, or set Data:Directory to another folder.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(store.FilePath)!);
        var partial = store.FilePath + Partial;
        File.Delete(partial);
        try
        {
            await Task.Run(() => Import(partial, folder, cancellationToken), cancellationToken);
            File.Move(partial, store.FilePath);
            _ = await store.PrepareAsync(cancellationToken);
        }
        catch (DuckDBException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new BackupException($"The backup {folder} cannot be restored: {error.Message}", error);
        }
        finally
        {
            File.Delete(partial);
            File.Delete(partial + ".wal");
        }
    }

    private static void Import(string file, string folder, CancellationToken cancellationToken)
    {
        using var connection = new DuckDBConnection(new DuckDBConnectionStringBuilder { DataSource = file }.ConnectionString);
        connection.Open();
        using var command = connection.Command($"import database {Quoted(folder)}");
        using var interrupt = cancellationToken.Register(command.Cancel);
        _ = command.ExecuteNonQuery();
        _ = connection.Execute("checkpoint");
    }

    // These two statements take no parameters.
    private static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";

    private static void RemovePartial(string folder)
    {
        if (Directory.Exists(folder + Partial)) Directory.Delete(folder + Partial, recursive: true);
    }
}
