using Npgsql;

namespace OptiBid.History.Postgres;

/// <summary>
/// Gives roles what they need and no more. The writer may add prices and replace them, and cannot delete one, nor change
/// a table, nor touch what is in the audit log. The reader sees prices, places and what is computed from them, and
/// nothing of the platform's own state.
/// </summary>
internal sealed class PostgresRoles(PostgresStore store) : IDatabaseRoles
{
    private const string Prices = "market_data, market_data_revisions, market_data_series, market_metrics, market_data_quality, market_data_quality_events";
    private const string Views = "market_data_5min, market_data_hour, market_data_day";

    private static readonly (string Rights, string On)[] Writer =
    [
        ("select, insert, update", "market_data, market_metrics, market_data_quality, location_state, locations, api_keys"),
        ("select, insert", "market_data_revisions, market_data_series, audit_log"),
        ("select, insert, delete", "market_data_ingestions"),
        ("select, insert, update, delete", "market_data_quality_events"),
        ("select, insert, update, delete", "orleans_cluster, orleans_silo, orleans_grain_state, orleans_reminder, protected_values"),
        ("select", $"orleansquery, history_migrations, {Views}"),
    ];

    private static readonly (string Rights, string On)[] Reader = [("select", $"{Prices}, locations, market_data_ingestions, {Views}")];

    public async Task GrantAsync(string? writer, string? reader, CancellationToken cancellationToken = default)
    {
        _ = await store.PrepareAsync(cancellationToken);
        try
        {
            await using var source = NpgsqlDataSource.Create(store.Owner);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (writer is not null) await GrantAsync(connection, writer, Writer, cancellationToken);
            if (reader is not null) await GrantAsync(connection, reader, Reader, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception error) when (PostgresErrors.Concerns(error))
        {
            throw PostgresErrors.Translate("grant rights", error);
        }
    }

    private static async Task GrantAsync(NpgsqlConnection connection, string role, (string Rights, string On)[] rights, CancellationToken cancellationToken)
    {
        // An identifier cannot be a parameter; everything else is the constants above.
        var name = new NpgsqlCommandBuilder().QuoteIdentifier(role);
        var statements = rights.Select(right => $"grant {right.Rights} on {right.On} to {name};");
        await using var command = new NpgsqlCommand(
            $"do $$ begin execute format('grant usage on schema %I to {name.Replace("'", "''", StringComparison.Ordinal)}', current_schema()); end $$; {string.Concat(statements)}", connection);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
