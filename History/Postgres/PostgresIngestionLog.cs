using Npgsql;
using NpgsqlTypes;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Ingestions;
using OptiBid.History.Queries;

namespace OptiBid.History.Postgres;

/// <summary>The log of fetches in PostgreSQL.</summary>
internal sealed class PostgresIngestionLog(PostgresStore store) : IIngestionLog
{
    private const string Insert =
        $"""
        insert into market_data_ingestions ({IngestionSql.Columns})
        select * from unnest(
            @zone, @feed, @source, @reason, @started_at, @finished_at, @range_start, @range_end, @read, @accepted, @duplicate,
            @revised, @rejected, @first_interval, @last_interval, @outcome, @message)
        """;

    private static readonly string Delete = IngestionSql.Delete(SqlDialect.Postgres);

    public async Task RecordAsync(IReadOnlyCollection<IngestionRecord> records, CancellationToken cancellationToken = default)
    {
        if (records.Count == 0) return;

        IngestionRecord[] rows = [.. records.Select(StorableIngestion.From)];
        _ = await store.ExecuteAsync($"record {rows.Length} fetches", Insert, parameters => Bind(parameters, rows), cancellationToken);
    }

    public IAsyncEnumerable<IngestionRecord> ReadAsync(IngestionQuery query, CancellationToken cancellationToken = default)
    {
        var (sql, values) = IngestionSql.Read(query, SqlDialect.Postgres);
        return store.QueryAsync("read the log of fetches", sql, values, IngestionSql.Read, cancellationToken);
    }

    public Task<int> DeleteBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default) =>
        store.ExecuteAsync(
            "remove old records of fetches", Delete, parameters => parameters.AddWithValue("instant", Moment.Cut(instant)), cancellationToken);

    private static void Bind(NpgsqlParameterCollection parameters, IngestionRecord[] rows)
    {
        Texts("zone", row => row.Zone.Name());
        Texts("feed", row => row.Feed);
        Texts("source", row => row.Source);
        Texts("reason", row => IngestionSql.Word(row.Reason));
        Times("started_at", row => row.StartedAt);
        Times("finished_at", row => row.StartedAt + row.Duration);
        Times("range_start", row => row.RangeStart);
        Times("range_end", row => row.RangeEnd);
        Counts("read", row => row.RowsRead);
        Counts("accepted", row => row.Accepted);
        Counts("duplicate", row => row.Duplicate);
        Counts("revised", row => row.Revised);
        Counts("rejected", row => row.Rejected);
        Times("first_interval", row => row.FirstInterval);
        Times("last_interval", row => row.LastInterval);
        Texts("outcome", row => IngestionSql.Word(row.Outcome));
        Texts("message", row => row.Message);

        void Texts(string name, Func<IngestionRecord, string?> value) => Add(name, NpgsqlDbType.Text, value);
        void Times(string name, Func<IngestionRecord, DateTimeOffset?> value) => Add(name, NpgsqlDbType.TimestampTz, value);
        void Counts(string name, Func<IngestionRecord, long> value) => Add(name, NpgsqlDbType.Bigint, value);
        void Add<T>(string name, NpgsqlDbType type, Func<IngestionRecord, T> value) =>
            parameters.Add(new(name, NpgsqlDbType.Array | type) { Value = rows.Select(value).ToArray() });
    }
}
