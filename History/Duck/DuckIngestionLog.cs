using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Ingestions;
using OptiBid.History.Queries;

namespace OptiBid.History.Duck;

/// <summary>The log of fetches in the embedded file.</summary>
internal sealed class DuckIngestionLog(DuckStore store) : IIngestionLog
{
    private const string CreateStaging =
        $"create temporary table if not exists incoming_ingestions as select {IngestionSql.Columns} from market_data_ingestions limit 0";

    private const string Insert =
        $"insert into market_data_ingestions ({IngestionSql.Columns}) select {IngestionSql.Columns} from temp.incoming_ingestions";

    private static readonly string Delete = IngestionSql.Delete(SqlDialect.Duck);

    public async Task RecordAsync(IReadOnlyCollection<IngestionRecord> records, CancellationToken cancellationToken = default)
    {
        if (records.Count == 0) return;

        IngestionRecord[] rows = [.. records.Select(StorableIngestion.From)];
        _ = await store.WriteAsync($"record {rows.Length} fetches", writer =>
        {
            _ = writer.Execute(CreateStaging);
            _ = writer.Execute("delete from temp.incoming_ingestions");
            Append(writer, rows);
            return writer.Execute(Insert);
        }, cancellationToken);
    }

    public async IAsyncEnumerable<IngestionRecord> ReadAsync(
        IngestionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (sql, parameters) = IngestionSql.Read(query, SqlDialect.Duck);
        foreach (var record in await store.ReadAsync("read the log of fetches", sql, parameters, IngestionSql.Read, cancellationToken)) yield return record;
    }

    public Task<int> DeleteBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default) =>
        store.WriteAsync("remove old records of fetches", writer => writer.Execute(Delete, ("instant", Moment.Cut(instant))), cancellationToken);

    private static void Append(DuckDBConnection writer, IngestionRecord[] rows)
    {
        using var appender = writer.AppendTemporary("incoming_ingestions");
        foreach (var row in rows)
        {
            appender.CreateRow()
                .AppendValue(row.Zone.Name())
                .AppendValue(row.Feed)
                .AppendValue(row.Source)
                .AppendValue(IngestionSql.Word(row.Reason))
                .AppendValue((DateTimeOffset?)row.StartedAt)
                .AppendValue((DateTimeOffset?)(row.StartedAt + row.Duration))
                .AppendValue(row.RangeStart)
                .AppendValue(row.RangeEnd)
                .AppendValue((long?)row.RowsRead)
                .AppendValue((long?)row.Accepted)
                .AppendValue((long?)row.Duplicate)
                .AppendValue((long?)row.Revised)
                .AppendValue((long?)row.Rejected)
                .AppendValue(row.FirstInterval)
                .AppendValue(row.LastInterval)
                .AppendValue(IngestionSql.Word(row.Outcome))
                .AppendValue(row.Message)
                .EndRow();
        }
    }
}
