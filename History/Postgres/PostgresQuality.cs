using Npgsql;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Hosting;
using OptiBid.History.Postgres.Shapes;
using OptiBid.History.Quality;
using OptiBid.History.Queries;

namespace OptiBid.History.Postgres;

/// <summary>The hourly figures of zones and feeds, and findings, in PostgreSQL.</summary>
internal sealed class PostgresQuality(PostgresStore store) : IZoneHours, IZoneMetrics, IDataQuality, IQualityEvents
{
    private const int RowsAtOnce = 1_000;

    private static readonly string SummarizeSql = MetricsSql.Summarize(SqlDialect.Postgres);
    private static readonly string CountSql = SourcesSql.Count(SqlDialect.Postgres);
    private static readonly string MetricsUpsert = MetricsSql.Upsert(SqlDialect.Postgres);
    private static readonly string MetricsRead = MetricsSql.Read(SqlDialect.Postgres);
    private static readonly string QualityUpsert = QualitySql.Upsert(SqlDialect.Postgres);
    private static readonly string QualityRead = QualitySql.Read(SqlDialect.Postgres);
    private static readonly string EventsDelete = EventsSql.Delete(SqlDialect.Postgres);

    public async Task<IReadOnlyList<ZoneMetrics>> SummarizeAsync(MarketZone zone, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        await store.QueryAsync("summarize hours", SummarizeSql, MetricsSql.Span(zone, from, to), MetricsSql.Read, cancellationToken).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<SourceInterval>> CountSourcesAsync(MarketZone zone, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        await store.QueryAsync("count prices by source", CountSql, MetricsSql.Span(zone, from, to), SourcesSql.Read, cancellationToken).ToListAsync(cancellationToken);

    public Task SaveAsync(IReadOnlyCollection<ZoneMetrics> rows, CancellationToken cancellationToken = default) => WriteAsync(
        "save hourly figures", [.. rows.Select(row => new RowStatement(MetricsUpsert, MetricsSql.Values(row)))], MetricsSql.Table, rows.Select(row => row.Hour), cancellationToken);

    public IAsyncEnumerable<ZoneMetrics> ReadAsync(MarketZone zone, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        store.QueryAsync("read hourly figures", MetricsRead, MetricsSql.Span(zone, from, to), MetricsSql.Read, cancellationToken);

    public Task SaveAsync(IReadOnlyCollection<FeedQuality> rows, CancellationToken cancellationToken = default) => WriteAsync(
        "save the quality of feeds", [.. rows.Select(row => new RowStatement(QualityUpsert, QualitySql.Values(row)))], QualitySql.Table, rows.Select(row => row.Hour), cancellationToken);

    public IAsyncEnumerable<FeedQuality> ReadAsync(IReadOnlyCollection<MarketZone> zones, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        store.QueryForUsersAsync(
            "read the quality of feeds", QualityRead, [("zones", zones.Select(zone => zone.Name()).ToArray()), ("from", Moment.Cut(from)), ("until", Moment.Cut(to))], QualitySql.Read, cancellationToken);

    public Task RecordAsync(IReadOnlyCollection<QualityEvent> events, CancellationToken cancellationToken = default) =>
        WriteAsync("record findings", [.. events.Select(finding => EventsSql.Record(finding, SqlDialect.Postgres))], null, [], cancellationToken);

    public IAsyncEnumerable<QualityEvent> ReadAsync(QualityEventQuery query, CancellationToken cancellationToken = default)
    {
        var (sql, values) = EventsSql.Read(query, SqlDialect.Postgres);
        return store.QueryForUsersAsync("read findings", sql, values, EventsSql.Read, cancellationToken);
    }

    public Task<int> DeleteBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default) =>
        store.ExecuteAsync("remove old findings", EventsDelete, parameters => parameters.AddWithValue("instant", Moment.Cut(instant)), cancellationToken);

    private async Task WriteAsync(string attempt, RowStatement[] rows, string? partitioned, IEnumerable<DateTimeOffset> hours, CancellationToken cancellationToken)
    {
        if (rows.Length == 0) return;

        _ = await store.PrepareAsync(cancellationToken);
        try
        {
            await using var connection = await store.DataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (partitioned is not null && store.Shape.IsPartitioned)
            {
                foreach (var month in hours.Select(hour => new DateTime(hour.UtcDateTime.Year, hour.UtcDateTime.Month, 1, 0, 0, 0, DateTimeKind.Utc)).Distinct())
                    _ = await PricePartitions.KeepAsync(connection, partitioned, month, PartitionUnit.Month, cancellationToken);
            }

            foreach (var part in rows.Chunk(RowsAtOnce))
            {
                await using var batch = new NpgsqlBatch(connection, transaction);
                foreach (var (sql, values) in part)
                {
                    var command = new NpgsqlBatchCommand(sql);
                    foreach (var (name, value) in values) _ = command.Parameters.AddWithValue(name, value ?? DBNull.Value);
                    batch.BatchCommands.Add(command);
                }

                _ = await batch.ExecuteNonQueryAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception error) when (PostgresErrors.Concerns(error))
        {
            throw PostgresErrors.Translate(attempt, error);
        }
    }
}
