using Npgsql;
using OptiBid.History.Batches;
using OptiBid.History.Hosting;
using OptiBid.History.Upkeep;

namespace OptiBid.History.Postgres.Shapes;

/// <summary>Looks after the tables in PostgreSQL, whatever their shape.</summary>
internal sealed class PostgresUpkeep(PostgresStore store) : IHistoryUpkeep
{
    private const int MonthsAhead = 3;
    private const int DaysAhead = 10;
    private const int RowsAtOnce = 100_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public Task ApplyOptionsAsync(CancellationToken cancellationToken = default) => store.ApplyOptionsAsync(cancellationToken);

    public async Task PrepareAheadAsync(DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        _ = await store.PrepareAsync(cancellationToken);
        if (!store.Shape.IsPartitioned) return;

        await RunAsync("prepare partitions", async connection =>
        {
            await KeepAsync(connection, "market_data", now.UtcDateTime, store.Options.Partition, cancellationToken);
            await KeepAsync(connection, "market_metrics", now.UtcDateTime, PartitionUnit.Month, cancellationToken);
            await KeepAsync(connection, "market_data_quality", now.UtcDateTime, PartitionUnit.Month, cancellationToken);
        }, cancellationToken);
    }

    public async Task<string?> RemovePricesBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default)
    {
        _ = await store.PrepareAsync(cancellationToken);
        string[] removed = [];
        await RunAsync("remove old prices", async connection =>
        {
            var rows = 0;
            if (store.Shape.IsPartitioned)
            {
                removed = await NamesAsync(connection, "select drop_partitions_before('market_data', @instant)", instant, cancellationToken);
            }
            else if (store.Shape.IsHypertable)
            {
                removed = await NamesAsync(connection, "select drop_chunks('market_data', older_than => @instant)::text", instant, cancellationToken);
            }
            else
            {
                rows += await DeleteAsync(connection, "market_data", instant, cancellationToken);
            }

            rows += await DeleteAsync(connection, "market_data_revisions", instant, cancellationToken);
            if (rows > 0) removed = [.. removed, $"{rows} rows"];
        }, cancellationToken);
        return removed.Length == 0 ? null : string.Join(", ", removed);
    }

    private static async Task KeepAsync(NpgsqlConnection connection, string table, DateTime now, PartitionUnit unit, CancellationToken cancellationToken)
    {
        for (var i = 0; i <= (unit == PartitionUnit.Day ? DaysAhead : MonthsAhead); i++)
        {
            _ = await PricePartitions.KeepAsync(connection, table, unit == PartitionUnit.Day ? now.AddDays(i) : now.AddMonths(i), unit, cancellationToken);
        }
    }

    private static async Task<string[]> NamesAsync(NpgsqlConnection connection, string sql, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql, instant);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) names.Add(reader.GetString(0));
        return [.. names];
    }

    // In pieces, so that none holds locks or a snapshot for long.
    private static async Task<int> DeleteAsync(NpgsqlConnection connection, string table, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection, $"delete from {table} where ctid = any (array(select ctid from {table} where timestamp < @instant limit {RowsAtOnce}))", instant);
        var (all, some) = (0, RowsAtOnce);
        while (some == RowsAtOnce) all += some = await command.ExecuteNonQueryAsync(cancellationToken);
        return all;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, DateTimeOffset instant)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Patience.TotalSeconds };
        _ = command.Parameters.AddWithValue("instant", Moment.Cut(instant));
        return command;
    }

    private async Task RunAsync(string attempt, Func<NpgsqlConnection, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await store.DataSource.OpenConnectionAsync(cancellationToken);
            await run(connection);
        }
        catch (Exception error) when (PostgresErrors.Concerns(error))
        {
            throw PostgresErrors.Translate(attempt, error);
        }
    }
}
