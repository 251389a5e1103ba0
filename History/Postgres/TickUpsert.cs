using Npgsql;
using OptiBid.History.Batches;
using OptiBid.History.Postgres.Shapes;

namespace OptiBid.History.Postgres;

/// <summary>
/// Writes one batch in one transaction. Straight into the table when it looks all new; else through a staging
/// table and one upsert a round, in which the database itself decides, under the row's lock, which value wins.
/// What an upsert replaces is kept by the table's trigger, what did not come to stand by <see cref="LatePublications"/>.
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

    private const string IsOther =
        """
        (excluded.price, excluded.energy_cost, excluded.congestion_cost, excluded.loss_cost)
            is distinct from (stored.price, stored.energy_cost, stored.congestion_cost, stored.loss_cost)
        """;

    private static readonly string[] Replaced =
    [
        "interval_minutes", "price", "energy_cost", "congestion_cost", "loss_cost", "volume", "renewable_percentage", "load_forecast",
        "published_at", "source", "sequence",
    ];

    // A later value replaces what stands; where it is the same, only its publication is noted. All in one statement by
    // key: an update joined with the batch would unpack whole compressed chunks. Sorted, so that writers lock rows in one
    // order and the index is walked, not jumped about in. An earlier value changes nothing, but its row is locked too.
    private static readonly string Upsert =
        $"""
        with written as (
            insert into market_data as stored ({TickCopy.Columns})
            select {TickCopy.Columns} from pg_temp.incoming_ticks where round = @round
            order by market_zone, location, price_type, timestamp
            on conflict (market_zone, location, price_type, timestamp) do update set
                {string.Join(", ", Replaced.Select(column => $"{column} = case when {IsOther} then excluded.{column} else stored.{column} end"))},
                revision = case when {IsOther} then greatest(least(stored.revision, 2147483646) + 1, excluded.revision) else greatest(stored.revision, excluded.revision) end,
                confirmed_at = case when {IsOther} then null else excluded.published_at end,
                confirmed_sequence = case when {IsOther} then null else excluded.sequence end,
                ingested_at = case when {IsOther} then now() else stored.ingested_at end
            where (excluded.published_at, excluded.sequence)
                > (coalesce(stored.confirmed_at, stored.published_at), coalesce(stored.confirmed_sequence, stored.sequence))
            returning confirmed_at
        )
        select count(*) filter (where confirmed_at is null) from written
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
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected)
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
            var (written, sent) = (0L, 0L);
            for (var round = 0; round < batch.RoundCount; round++)
            {
                written += await UpsertAsync(connection, round, cancellationToken);
                sent += batch.CountIn(round);
            }

            if (written < sent) await LatePublications.KeepAsync(connection, cancellationToken);
            _guess.Staged(written == sent && batch.RoundCount == 1);
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

    // How many were inserted, or replaced what stood.
    private static async Task<long> UpsertAsync(NpgsqlConnection connection, int round, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Upsert, connection);
        command.Parameters.AddWithValue("round", round);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
