using System.Data.Common;
using System.Runtime.CompilerServices;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Buckets;
using OptiBid.History.Queries;

namespace OptiBid.History.Duck;

/// <summary>The price history in the embedded file.</summary>
internal sealed class DuckPriceHistory(DuckStore store, TimeProvider clock) : IPriceHistory
{
    private const int FirstPage = 2_000;
    private const int LargestPage = 100_000;

    // Each page of a piece goes through the whole piece again.
    private const int FirstPageOfPiece = 50_000;

    private readonly DuckSql _sql = new(store);
    private readonly DuckSeries _series = new();

    public async Task WriteAsync(ReadOnlyMemory<PriceTick> ticks, CancellationToken cancellationToken = default)
    {
        if (ticks.IsEmpty) return;

        var batch = TickBatch.From(ticks);
        var series = _series.NewIn(batch);
        _ = await store.WriteAsync($"write {ticks.Length} ticks", writer =>
        {
            DuckUpsert.Write(writer, batch, clock.GetUtcNow());
            DuckSeries.Register(writer, series);
            return 0;
        }, cancellationToken);
        _series.Committed(series);
    }

    public IAsyncEnumerable<PriceTick> ReadAsync(PriceQuery query, CancellationToken cancellationToken = default)
    {
        var rows = query.AsOf is null
            ? Pages(query, FirstPage)
            : PiecewiseReading.ReadAsync(query, PiecewiseReading.First(query), piece => Pages(piece, FirstPageOfPiece), cancellationToken);
        return SeriesCounting.CheckedAsync(_sql, query, rows, cancellationToken);

        IAsyncEnumerable<PriceTick> Pages(PriceQuery piece, int page) => PagesAsync(
            "read prices", piece, page, part => PriceQuerySql.For(part, SqlDialect.Duck), TickRow.Read,
            tick => new(tick.Timestamp, tick.MarketZone, tick.Location, tick.PriceType), cancellationToken);
    }

    public IAsyncEnumerable<PriceRevision> ReadRevisionsAsync(PriceQuery query, CancellationToken cancellationToken = default) =>
        PiecewiseReading.ReadAsync(query, PiecewiseReading.First(query), piece => PagesAsync(
            "read revisions", piece, FirstPageOfPiece, part => PriceQuerySql.ForRevisions(part, SqlDialect.Duck), TickRow.ReadRevision,
            row => new(row.Tick.Timestamp, row.Tick.MarketZone, row.Tick.Location, row.Tick.PriceType, row.Tick.Revision), cancellationToken), cancellationToken);

    public IAsyncEnumerable<PriceBucket> ResampleAsync(ResampleQuery query, CancellationToken cancellationToken = default) =>
        new BucketReading(_sql).ReadAsync(query, cancellationToken);

    public async Task<string> CheckAsync(CancellationToken cancellationToken = default)
    {
        var found = await store.PrepareAsync(cancellationToken);
        _ = await store.ReadAsync("answer", "select 1", [], row => row.GetInt32(0), cancellationToken);
        return found;
    }

    private async IAsyncEnumerable<T> PagesAsync<T>(
        string attempt, PriceQuery query, int page, Func<PriceQuery, PriceQuerySql> write, Func<DbDataReader, T> map, Func<T, PriceKey> key,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = (long)(query.Limit ?? int.MaxValue);
        while (true)
        {
            var wanted = (int)Math.Min(page, left);
            var sql = write(query with { Limit = wanted });
            var rows = await store.ReadAsync(attempt, sql.Text, sql.Parameters, map, cancellationToken);
            foreach (var row in rows) yield return row;

            if (query.Limit is not null) left -= rows.Count;
            if (rows.Count < wanted || left == 0) yield break;

            query = query with { After = key(rows[^1]) };
            page = Math.Min(LargestPage, page * 4);
        }
    }
}
