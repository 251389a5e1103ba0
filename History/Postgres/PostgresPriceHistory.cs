using Npgsql;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Buckets;
using OptiBid.History.Postgres.Shapes;
using OptiBid.History.Queries;

namespace OptiBid.History.Postgres;

/// <summary>The price history in PostgreSQL, with or without TimescaleDB.</summary>
internal sealed class PostgresPriceHistory(PostgresStore store, TimeProvider clock) : IPriceHistory
{
    private readonly TickUpsert _upsert = new(store);
    private readonly PostgresSql _sql = new(store);

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
        var rows = query.AsOf is null ? Read(query) : PiecewiseReading.ReadAsync(query, PiecewiseReading.First(query), Read, cancellationToken);
        return SeriesCounting.CheckedAsync(_sql, query, rows, cancellationToken);

        IAsyncEnumerable<PriceTick> Read(PriceQuery piece) => QueryAsync("read prices", PriceQuerySql.For(piece, SqlDialect.Postgres), TickRow.Read, cancellationToken);
    }

    public IAsyncEnumerable<PriceRevision> ReadRevisionsAsync(PriceQuery query, CancellationToken cancellationToken = default) =>
        PiecewiseReading.ReadAsync(
            query, PiecewiseReading.First(query),
            piece => QueryAsync("read revisions", PriceQuerySql.ForRevisions(piece, SqlDialect.Postgres), TickRow.ReadRevision, cancellationToken),
            cancellationToken);

    public IAsyncEnumerable<PriceBucket> ResampleAsync(ResampleQuery query, CancellationToken cancellationToken = default) =>
        new BucketReading(_sql).ReadAsync(query, cancellationToken);

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

    private IAsyncEnumerable<T> QueryAsync<T>(string attempt, PriceQuerySql sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken) =>
        store.QueryForUsersAsync(attempt, sql.Text, sql.Parameters, map, cancellationToken);
}
