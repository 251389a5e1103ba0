namespace OptiBid.History.Backups;

/// <summary>Writes everything the store holds to one place, and reads it back into an empty store.</summary>
public interface IHistoryBackup
{
    /// <summary>Writes a backup, whole or not at all: what is under the target's name in the end can be restored.</summary>
    /// <param name="target">PostgreSQL: the file to write; DuckDB: the folder. It must not exist.</param>
    /// <param name="cancellationToken">Gives it up and leaves nothing.</param>
    /// <exception cref="BackupException">It could not be written; says why and what to do.</exception>
    Task BackupAsync(string target, CancellationToken cancellationToken = default);

    /// <summary>Reads a backup into the configured store, which must be empty, and brings its tables up to date.</summary>
    /// <param name="source">What <see cref="BackupAsync"/> wrote, by this version of the program or an earlier one.</param>
    /// <param name="cancellationToken">Gives it up; the store is then not to be used.</param>
    /// <exception cref="BackupException">It could not be restored; says why and what to do.</exception>
    Task RestoreAsync(string source, CancellationToken cancellationToken = default);
}
