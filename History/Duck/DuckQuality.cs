using System.Runtime.CompilerServices;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Quality;
using OptiBid.History.Queries;

namespace OptiBid.History.Duck;

/// <summary>The hourly figures of zones and feeds, and findings, in the embedded file.</summary>
internal sealed class DuckQuality(DuckStore store) : IZoneHours, IZoneMetrics, IDataQuality, IQualityEvents
{
    private static readonly string SummarizeSql = MetricsSql.Summarize(SqlDialect.Duck);
    private static readonly string CountSql = SourcesSql.Count(SqlDialect.Duck);
    private static readonly string MetricsUpsert = MetricsSql.Upsert(SqlDialect.Duck);
    private static readonly string MetricsRead = MetricsSql.Read(SqlDialect.Duck);
    private static readonly string QualityUpsert = QualitySql.Upsert(SqlDialect.Duck);
    private static readonly string QualityRead = QualitySql.Read(SqlDialect.Duck);
    private static readonly string EventsDelete = EventsSql.Delete(SqlDialect.Duck);

    public async Task<IReadOnlyList<ZoneMetrics>> SummarizeAsync(MarketZone zone, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        await store.ReadAsync("summarize hours", SummarizeSql, MetricsSql.Span(zone, from, to), MetricsSql.Read, cancellationToken);

    public async Task<IReadOnlyList<SourceInterval>> CountSourcesAsync(MarketZone zone, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        await store.ReadAsync("count prices by source", CountSql, MetricsSql.Span(zone, from, to), SourcesSql.Read, cancellationToken);

    public Task SaveAsync(IReadOnlyCollection<ZoneMetrics> rows, CancellationToken cancellationToken = default) =>
        WriteAsync("save hourly figures", [.. rows.Select(row => new RowStatement(MetricsUpsert, MetricsSql.Values(row)))], cancellationToken);

    public async IAsyncEnumerable<ZoneMetrics> ReadAsync(MarketZone zone, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var row in await store.ReadAsync("read hourly figures", MetricsRead, MetricsSql.Span(zone, from, to), MetricsSql.Read, cancellationToken)) yield return row;
    }

    public Task SaveAsync(IReadOnlyCollection<FeedQuality> rows, CancellationToken cancellationToken = default) =>
        WriteAsync("save the quality of feeds", [.. rows.Select(row => new RowStatement(QualityUpsert, QualitySql.Values(row)))], cancellationToken);

    public async IAsyncEnumerable<FeedQuality> ReadAsync(
        IReadOnlyCollection<MarketZone> zones, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (string, object)[] values = [("zones", zones.Select(zone => zone.Name()).ToList()), ("from", Moment.Cut(from)), ("until", Moment.Cut(to))];
        foreach (var row in await store.ReadAsync("read the quality of feeds", QualityRead, values, QualitySql.Read, cancellationToken)) yield return row;
    }

    public Task RecordAsync(IReadOnlyCollection<QualityEvent> events, CancellationToken cancellationToken = default) =>
        WriteAsync("record findings", [.. events.Select(finding => EventsSql.Record(finding, SqlDialect.Duck))], cancellationToken);

    public async IAsyncEnumerable<QualityEvent> ReadAsync(QualityEventQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (sql, values) = EventsSql.Read(query, SqlDialect.Duck);
        foreach (var finding in await store.ReadAsync("read findings", sql, values, EventsSql.Read, cancellationToken)) yield return finding;
    }

    public Task<int> DeleteBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default) =>
        store.WriteAsync("remove old findings", writer => writer.Execute(EventsDelete, ("instant", Moment.Cut(instant))), cancellationToken);

    private async Task WriteAsync(string attempt, RowStatement[] rows, CancellationToken cancellationToken)
    {
        if (rows.Length == 0) return;

        _ = await store.WriteAsync(attempt, writer =>
        {
            foreach (var (sql, values) in rows) _ = writer.Execute(sql, [.. values.Select(value => (value.Name, value.Value ?? DBNull.Value))]);
            return rows.Length;
        }, cancellationToken);
    }
}
