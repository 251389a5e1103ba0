using Npgsql;
using OptiBid.History.Batches;
using OptiBid.History.Postgres.Shapes;

namespace OptiBid.History.Postgres;

/// <summary>
/// Writes one batch in one transaction. Straight into the table when it looks all new; else through a staging
/// table and one upsert a round, in which the database itself decides, under the row's lock, which value wins.
/// What an upsert replaces is kept by the table's trigger.
/// </summary>
internal sealed class TickUpsert(PostgresStore store)
{
    private const string CreateStaging =
        """
        create temporary table if not exists incoming_ticks (
            market_zone text collate "C", location text collate "C", price_type text collate "C", timestamp timestamptz,
            interval_minutes smallint, price double precision, energy_cost double precision, congestion_cost double precision,
            loss_cost double precision, volume double precision, renewable_percentage double precision,
            load_forecast double precision, published_at timestamptz, revision integer, source text, sequence bigint,
            round integer)
        on commit delete rows
        """;

    private const string CopyToStaging = $"copy pg_temp.incoming_ticks ({TickCopy.Columns}, round) from stdin (format binary)";

    private const string CopyToTable = $"copy market_data ({TickCopy.Columns}) from stdin (format binary)";

    // Sorted, so that writers lock rows in one order and the index is walked, not jumped about in.
    private const string Upsert =
        $"""
        insert into market_data as stored ({TickCopy.Columns})
        select {TickCopy.Columns} from pg_temp.incoming_ticks where round = @round
        order by market_zone, location, price_type, timestamp
        on conflict (market_zone, location, price_type, timestamp) do update set
            interval_minutes = excluded.interval_minutes, price = excluded.price, energy_cost = excluded.energy_cost,
            congestion_cost = excluded.congestion_cost, loss_cost = excluded.loss_cost, volume = excluded.volume,
            renewable_percentage = excluded.renewable_percentage, load_forecast = excluded.load_forecast,
            published_at = excluded.published_at, revision = greatest(least(stored.revision, 2147483646) + 1, excluded.revision),
            source = excluded.source, sequence = excluded.sequence, confirmed_at = null, confirmed_sequence = null,
            ingested_at = now()
        where (excluded.published_at, excluded.sequence)
                > (coalesce(stored.confirmed_at, stored.published_at), coalesce(stored.confirmed_sequence, stored.sequence))
          and (excluded.price, excluded.energy_cost, excluded.congestion_cost, excluded.loss_cost)
                is distinct from (stored.price, stored.energy_cost, stored.congestion_cost, stored.loss_cost)
        """;

    // An equal value published later changes nothing that anyone reads, but what was published in between has lost.
    // In no order of its own: the upsert just before has locked every row it met, also those it left alone, in one order.
    // No update by join: TimescaleDB would decompress every compressed row there is to find the few of a batch.
    private const string Confirm =
        $"""
        insert into market_data as stored ({TickCopy.Columns})
        select {TickCopy.Columns} from pg_temp.incoming_ticks where round = @round
        on conflict (market_zone, location, price_type, timestamp) do update set
            confirmed_at = excluded.published_at, confirmed_sequence = excluded.sequence
        where (excluded.published_at, excluded.sequence)
                > (coalesce(stored.confirmed_at, stored.published_at), coalesce(stored.confirmed_sequence, stored.sequence))
          and (excluded.price, excluded.energy_cost, excluded.congestion_cost, excluded.loss_cost)
                is not distinct from (stored.price, stored.energy_cost, stored.congestion_cost, stored.loss_cost)
        """;

    private readonly KnownSeries _series = new();
    private readonly DirectCopyGuess _guess = new();

    public async Task WriteAsync(TickBatch batch, CancellationToken cancellationToken)
    {
        await using var connection = await store.DataSource.OpenConnectionAsync(cancellationToken);
        if (store.Shape.IsPartitioned) await store.Partitions.WriteAsync(connection, batch.Ticks, Write, cancellationToken);
        else await Write();

        async Task Write()
        {
            if (batch.RoundCount == 1 && _guess.IsNew && await TryCopyAsync(connection, batch, cancellationToken)) return;

            await StageAsync(connection, batch, cancellationToken);
        }
    }

    private async Task<bool> TryCopyAsync(NpgsqlConnection connection, TickBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await InTransactionAsync(connection, batch, () => TickCopy.RunAsync(connection, CopyToTable, batch, withRound: false, cancellationToken), cancellationToken);
            _guess.WasNew();
            return true;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            _guess.WasNotNew();
            return false;
        }
    }

    private Task StageAsync(NpgsqlConnection connection, TickBatch batch, CancellationToken cancellationToken) =>
        InTransactionAsync(connection, batch, async () =>
        {
            await using (var create = new NpgsqlCommand(CreateStaging, connection)) _ = await create.ExecuteNonQueryAsync(cancellationToken);
            await TickCopy.RunAsync(connection, CopyToStaging, batch, withRound: true, cancellationToken);
            var allNew = true;
            for (var round = 0; round < batch.RoundCount; round++)
            {
                if (await RunAsync(connection, Upsert, round, cancellationToken) == batch.CountIn(round)) continue;

                allNew = false;
                _ = await RunAsync(connection, Confirm, round, cancellationToken);
            }

            _guess.Staged(allNew && batch.RoundCount == 1);
        }, cancellationToken);

    private async Task InTransactionAsync(NpgsqlConnection connection, TickBatch batch, Func<Task> write, CancellationToken cancellationToken)
    {
        var series = _series.NewIn(batch);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (store.Shape.LimitsDecompression) await PostgresShape.LiftDecompressionLimitAsync(connection, cancellationToken);
        if (series.Count > 0) await KnownSeries.RegisterAsync(connection, series, cancellationToken);
        await write();
        await transaction.CommitAsync(cancellationToken);
        _series.Committed(series);
    }

    private static async Task<int> RunAsync(NpgsqlConnection connection, string sql, int round, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("round", round);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
