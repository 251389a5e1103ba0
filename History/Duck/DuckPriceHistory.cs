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

    public async IAsyncEnumerable<PriceTick> ReadAsync(PriceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await SeriesCounting.CheckAsync(_sql, query, cancellationToken);
        var (left, page) = ((long)(query.Limit ?? int.MaxValue), FirstPage);
        while (true)
        {
            var wanted = (int)Math.Min(page, left);
            var sql = PriceQuerySql.For(query with { Limit = wanted }, SqlDialect.Duck);
            var ticks = await store.ReadAsync("read prices", sql.Text, sql.Parameters, TickRow.Read, cancellationToken);
            foreach (var tick in ticks) yield return tick;

            if (query.Limit is not null) left -= ticks.Count;
            if (ticks.Count < wanted || left == 0) yield break;

            var last = ticks[^1];
            query = query with { After = new(last.Timestamp, last.MarketZone, last.Location, last.PriceType) };
            page = Math.Min(LargestPage, page * 4);
        }
    }

    public IAsyncEnumerable<PriceRevision> ReadRevisionsAsync(PriceQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<PriceBucket> ResampleAsync(ResampleQuery query, CancellationToken cancellationToken = default) =>
        new BucketReading(_sql).ReadAsync(query, cancellationToken);

    public async Task<string> CheckAsync(CancellationToken cancellationToken = default)
    {
        var found = await store.PrepareAsync(cancellationToken);
        _ = await store.ReadAsync("answer", "select 1", [], row => row.GetInt32(0), cancellationToken);
        return found;
    }
}
