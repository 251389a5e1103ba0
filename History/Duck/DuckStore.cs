using System.Collections.Concurrent;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;
using OptiBid.History.Hosting;
using OptiBid.History.Migrations;

namespace OptiBid.History.Duck;

/// <summary>
/// The embedded database file. One process may hold it, once: one connection writes, one command at a time, and
/// each read has a connection of its own beside it. The keys of prices are kept unique by there being one writer.
/// </summary>
internal sealed partial class DuckStore : IHistoryStore, IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, byte> Held = new();

    private readonly string _path;
    private readonly string _connectionString;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _writing = new(1);
    private volatile DuckDBConnection? _writer;
    private volatile string? _found;

    public DuckStore(string path, HistoryOptions options, ILogger<DuckStore> log)
    {
        _path = Path.GetFullPath(path);
        _connectionString = new DuckDBConnectionStringBuilder
        {
            DataSource = _path,
            ["memory_limit"] = $"{options.EmbeddedMemory}MB",
        }.ConnectionString;
        _log = log;
        Options = options;
    }

    public HistoryOptions Options { get; }

    /// <summary>Full path of the file.</summary>
    public string FilePath => _path;

    public string Name => $"DuckDB file {_path}";

    // Long enough for a predecessor that is just stopping; a file that another process keeps is an error to be seen.
    public TimeSpan? Patience { get; } = TimeSpan.FromSeconds(10);

    public async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        if (_found is { } found) return found;

        await _writing.WaitAsync(cancellationToken);
        try
        {
            return _found ??= await Task.Run(Open, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Runs writes on the one writing connection as one transaction, durable when the task has completed.
    /// Cancelling interrupts the statement that runs.
    /// </summary>
    public async Task<T> WriteAsync<T>(string attempt, Func<DuckDBConnection, T> write, CancellationToken cancellationToken)
    {
        _ = await PrepareAsync(cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var writer = _writer ?? throw Closed();
            return await Task.Run(() => InTransaction(writer, attempt, write, cancellationToken), cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Gives the room of deleted rows back to the file.</summary>
    public async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        _ = await PrepareAsync(cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var writer = _writer ?? throw Closed();
            await Task.Run(() => writer.Execute("checkpoint"), cancellationToken);
        }
        catch (DuckDBException error)
        {
            throw DuckErrors.Translate("give room back", error);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Reads rows, all of them at once: a streamed result would end early, without a word, on an error in its
    /// middle. Larger results are read in pages.
    /// </summary>
    public async Task<List<T>> ReadAsync<T>(
        string attempt, string sql, IEnumerable<(string Name, object Value)> parameters, Func<DuckDBDataReader, T> map, CancellationToken cancellationToken)
    {
        _ = await PrepareAsync(cancellationToken);
        return await Task.Run(() =>
        {
            if (_writer is null) throw Closed();

            try
            {
                using var connection = new DuckDBConnection(_connectionString);
                connection.Open();
                using var command = connection.Command(sql, [.. parameters]);
                using var interrupt = cancellationToken.Register(command.Cancel);
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read()) rows.Add(map(reader));
                cancellationToken.ThrowIfCancellationRequested();
                return rows;
            }
            catch (DuckDBException error)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw DuckErrors.Translate(attempt, error);
            }
        }, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync();
        if (_writer is { } writer)
        {
            _writer = null;
            await writer.DisposeAsync();
            _ = Held.TryRemove(_path, out _);
        }

        _writing.Release();
    }

    private static T InTransaction<T>(DuckDBConnection writer, string attempt, Func<DuckDBConnection, T> write, CancellationToken cancellationToken)
    {
        try
        {
            using var transaction = writer.BeginTransaction();
            using var interrupt = cancellationToken.Register(() => writer.CreateCommand().Cancel());
            var result = write(writer);
            cancellationToken.ThrowIfCancellationRequested();
            transaction.Commit();
            return result;
        }
        catch (DuckDBException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw DuckErrors.Translate(attempt, error);
        }
    }

    private string Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        if (!Held.TryAdd(_path, 0))
        {
            throw new InvalidOperationException($"This process already has {_path} open as its history; it can be opened once.");
        }

        var writer = new DuckDBConnection(_connectionString);
        try
        {
            writer.Open();
            Migrate(writer);
        }
        catch (DuckDBException error)
        {
            writer.Dispose();
            _ = Held.TryRemove(_path, out _);
            throw error.Message.Contains("lock", StringComparison.OrdinalIgnoreCase)
                ? new HistoryUnavailableException(
                    $"Another process holds the history file {_path}. Stop it, give this one its own Data:Directory, or set ConnectionStrings:History to share a PostgreSQL. ({error.Message})", error)
                : new InvalidOperationException($"The history file {_path} cannot be opened: {error.Message}", error);
        }

        _writer = writer;
        return $"DuckDB {writer.Command("select ltrim(version(), 'v')").ExecuteScalar()}, embedded";
    }

    private void Migrate(DuckDBConnection writer)
    {
        _ = writer.Command("create table if not exists history_migrations (name varchar primary key, applied_at timestamptz not null)").ExecuteNonQuery();
        var ran = false;
        foreach (var file in SqlFiles.Of("duck"))
        {
            using var transaction = writer.BeginTransaction();
            if (writer.Command("select 1 from history_migrations where name = $name", ("name", file.Name)).ExecuteScalar() is not null) continue;

            _ = writer.Command(file.Text).ExecuteNonQuery();
            _ = writer.Command("insert into history_migrations values ($name, now())", ("name", file.Name)).ExecuteNonQuery();
            transaction.Commit();
            LogMigrated(file.Name);
            ran = true;
        }

        // Played back from the log, a change of tables asks more of DuckDB than one of rows.
        if (ran) _ = writer.Execute("checkpoint");
    }

    private HistoryUnavailableException Closed() =>
        new($"The history file {_path} has been closed.", new ObjectDisposedException(nameof(DuckStore)));

    [LoggerMessage(LogLevel.Information, "History tables: ran {File}.")]
    private partial void LogMigrated(string file);
}
