using Npgsql;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Postgres.Shapes;
using OptiBid.History.Queries;

namespace OptiBid.History.Postgres;

/// <summary>The price history in PostgreSQL, with or without TimescaleDB.</summary>
internal sealed class PostgresPriceHistory(PostgresStore store, TimeProvider clock) : IPriceHistory
{
    private readonly TickUpsert _upsert = new(store);

    public async Task WriteAsync(ReadOnlyMemory<PriceTick> ticks, CancellationToken cancellationToken = default)
    {
        if (ticks.IsEmpty) return;

        var batch = TickBatch.From(ticks);
        _ = await store.PrepareAsync(cancellationToken);

        // A copy has no time-out of its own, and a network that swallows packets gives no error for minutes.
        using var late = new CancellationTokenSource(store.Options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await _upsert.WriteAsync(batch, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw PostgresErrors.Translate($"write {ticks.Length} ticks", new TimeoutException($"No answer within {store.Options.Timeout}."));
        }
        catch (Exception error) when (PostgresErrors.Concerns(error))
        {
            throw PostgresErrors.Translate($"write {ticks.Length} ticks", error);
        }
    }

    public IAsyncEnumerable<PriceTick> ReadAsync(PriceQuery query, CancellationToken cancellationToken = default)
    {
        var sql = PriceQuerySql.For(query, SqlDialect.Postgres);
        return store.QueryAsync("read prices", sql.Text, parameters => Bind(parameters, sql), TickRow.Read, cancellationToken);
    }

    public IAsyncEnumerable<PriceRevision> ReadRevisionsAsync(PriceQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<PriceBucket> ResampleAsync(ResampleQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public async Task<string> CheckAsync(CancellationToken cancellationToken = default)
    {
        _ = await store.PrepareAsync(cancellationToken);
        try
        {
            await using var connection = await store.DataSource.OpenConnectionAsync(cancellationToken);
            return (await PostgresShape.ReadAsync(connection, cancellationToken)).ToString();
        }
        catch (Exception error) when (PostgresErrors.Concerns(error))
        {
            throw PostgresErrors.Translate("answer", error);
        }
    }

    private static void Bind(NpgsqlParameterCollection parameters, PriceQuerySql sql)
    {
        foreach (var (name, value) in sql.Parameters) _ = parameters.AddWithValue(name, value);
    }
}
