using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using OptiBid.History.Hosting;
using OptiBid.History.Postgres.Shapes;

namespace OptiBid.History.Postgres;

/// <summary>
/// The database: a pool of connections for itself and one for users' questions; the first to ask creates or updates the
/// tables. Connections keep
/// their temporary tables when they go back to the pool, since only the adapter's own commands run on them.
/// </summary>
internal sealed class PostgresStore : IHistoryStore, IAsyncDisposable
{
    private const int ConnectionCount = 12;

    private readonly PostgresSchema _schema;
    private readonly NpgsqlDataSource _ownerSource;
    private readonly SemaphoreSlim _preparing = new(1);
    private volatile PostgresShape? _shape;

    public PostgresStore(PostgresConnections connections, HistoryOptions options, ILoggerFactory logs)
    {
        Options = options;
        var settings = Settings(connections.History, "OptiBid history", ConnectionCount);
        Name = $"PostgreSQL at {settings.Host}:{settings.Port}, database {settings.Database}";
        DataSource = NpgsqlDataSource.Create(settings);
        var reading = Settings(connections.Reader ?? connections.History, "OptiBid history reads", options.ReadConnections);
        reading.MaxPoolSize = options.ReadConnections;
        ReadSource = NpgsqlDataSource.Create(reading);
        Owner = connections.Owner is null ? settings : Settings(connections.Owner, "OptiBid history tables", 2);
        _ownerSource = connections.Owner is null ? DataSource : NpgsqlDataSource.Create(Owner);
        Partitions = new PricePartitions(options);
        _schema = new PostgresSchema(_ownerSource, options, logs.CreateLogger<PostgresSchema>());
    }

    /// <summary>For writing, and for what only this program reads.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>For what users ask for: a pool of its own, so that no number of questions keeps a write waiting.</summary>
    public NpgsqlDataSource ReadSource { get; }

    /// <summary>How the owner of the tables connects.</summary>
    public NpgsqlConnectionStringBuilder Owner { get; }

    public HistoryOptions Options { get; }

    /// <summary>What was found when the store was made ready.</summary>
    /// <exception cref="InvalidOperationException">It has not been yet.</exception>
    public PostgresShape Shape => _shape ?? throw new InvalidOperationException("The store has not been made ready.");

    public PricePartitions Partitions { get; }

    public string Name { get; }

    public TimeSpan? Patience => null;

    public async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        if (_shape is { } known) return known.ToString();

        await _preparing.WaitAsync(cancellationToken);
        try
        {
            return (_shape ??= await _schema.PrepareAsync(cancellationToken)).ToString();
        }
        catch (Exception error) when (PostgresErrors.Concerns(error))
        {
            throw PostgresErrors.Translate("answer", error);
        }
        finally
        {
            _preparing.Release();
        }
    }

    /// <summary>Brings the database into line with options that have changed.</summary>
    public async Task ApplyOptionsAsync(CancellationToken cancellationToken)
    {
        _ = await PrepareAsync(cancellationToken);
        try
        {
            await _schema.ApplyAsync(cancellationToken);
        }
        catch (Exception error) when (PostgresErrors.Concerns(error))
        {
            throw PostgresErrors.Translate("take the history's options", error);
        }
    }

    /// <summary>Runs a statement.</summary>
    public async Task<int> ExecuteAsync(string attempt, string sql, Action<NpgsqlParameterCollection> bind, CancellationToken cancellationToken)
    {
        _ = await PrepareAsync(cancellationToken);
        try
        {
            await using var command = DataSource.CreateCommand(sql);
            bind(command.Parameters);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception error) when (PostgresErrors.Concerns(error))
        {
            throw PostgresErrors.Translate(attempt, error);
        }
    }

    /// <summary>Streams rows. A reader that stops early, or is cancelled, stops the statement in the database too.</summary>
    public IAsyncEnumerable<T> QueryAsync<T>(
        string attempt, string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken) =>
        QueryAsync(DataSource, attempt, sql, bind, map, cancellationToken);

    /// <summary>The same with values by bare name.</summary>
    public IAsyncEnumerable<T> QueryAsync<T>(
        string attempt, string sql, IReadOnlyList<(string Name, object Value)> values, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken) =>
        QueryAsync(DataSource, attempt, sql, parameters => Bind(parameters, values), map, cancellationToken);

    /// <summary>The same for what users ask for.</summary>
    public IAsyncEnumerable<T> QueryForUsersAsync<T>(
        string attempt, string sql, IReadOnlyList<(string Name, object Value)> values, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken) =>
        QueryAsync(ReadSource, attempt, sql, parameters => Bind(parameters, values), map, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await ReadSource.DisposeAsync();
        await _ownerSource.DisposeAsync();
        _preparing.Dispose();
    }

    private async IAsyncEnumerable<T> QueryAsync<T>(
        NpgsqlDataSource source, string attempt, string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, T> map,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _ = await PrepareAsync(cancellationToken);
        await using var connection = source.CreateConnection();
        await using var command = new NpgsqlCommand(sql, connection);
        bind(command.Parameters);
        NpgsqlDataReader? reader = null;
        var finished = false;
        try
        {
            while (true)
            {
                T row;
                try
                {
                    if (reader is null)
                    {
                        await connection.OpenAsync(cancellationToken);
                        reader = await command.ExecuteReaderAsync(cancellationToken);
                    }

                    if (!await reader.ReadAsync(cancellationToken))
                    {
                        finished = true;
                        break;
                    }

                    row = map(reader);
                }
                catch (Exception error) when (PostgresErrors.Concerns(error))
                {
                    finished = true;
                    throw PostgresErrors.Translate(attempt, error);
                }

                yield return row;

                // Rows that had come already would be handed on for a while after a cancel.
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            // Without this, closing the reader would fetch all the rows nobody wants.
            if (!finished && reader is not null) command.Cancel();
            if (reader is not null) await CloseAsync(reader);
        }
    }

    private static void Bind(NpgsqlParameterCollection parameters, IReadOnlyList<(string Name, object Value)> values)
    {
        foreach (var (name, value) in values) _ = parameters.AddWithValue(name, value);
    }

    private NpgsqlConnectionStringBuilder Settings(string connectionString, string application, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true };
        if (!settings.ShouldSerialize("Max Auto Prepare")) settings.MaxAutoPrepare = 50;
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = connections;
        if (!settings.ShouldSerialize("Application Name")) settings.ApplicationName = application;
        if (!settings.ShouldSerialize("Command Timeout")) settings.CommandTimeout = (int)Options.Timeout.TotalSeconds;
        return settings;
    }

    private static async Task CloseAsync(NpgsqlDataReader reader)
    {
        try
        {
            await reader.DisposeAsync();
        }
        catch (Exception error) when (PostgresErrors.Concerns(error))
        {
            // The answer to our own cancel, or a connection that is gone: the rows were not wanted any more.
        }
    }
}
