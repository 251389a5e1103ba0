using Npgsql;
using NpgsqlTypes;
using OptiBid.History.Audit;
using OptiBid.History.Queries;

namespace OptiBid.History.Postgres;

/// <summary>The audit log in PostgreSQL.</summary>
internal sealed class PostgresAuditLog(PostgresStore store) : IAuditLog
{
    private const string Insert =
        $"""
        insert into audit_log ({AuditSql.Columns})
        select * from unnest(@at, @actor, @action, @target, @allowed, @status, @address, @details)
        """;

    public async Task RecordAsync(IReadOnlyCollection<AuditRecord> records, CancellationToken cancellationToken = default)
    {
        if (records.Count == 0) return;

        StorableAudit[] rows = [.. records.Select(StorableAudit.From)];
        _ = await store.ExecuteAsync($"record {rows.Length} actions", Insert, parameters => Bind(parameters, rows), cancellationToken);
    }

    public IAsyncEnumerable<AuditEntry> ReadAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        var (sql, values) = AuditSql.Read(query, SqlDialect.Postgres);
        return store.QueryAsync("read the audit log", sql, values, AuditSql.Read, cancellationToken);
    }

    private static void Bind(NpgsqlParameterCollection parameters, StorableAudit[] rows)
    {
        Add("at", NpgsqlDbType.TimestampTz, row => row.At);
        Add("actor", NpgsqlDbType.Text, row => row.Actor);
        Add("action", NpgsqlDbType.Text, row => row.Action);
        Add("target", NpgsqlDbType.Text, row => row.Target);
        Add("allowed", NpgsqlDbType.Boolean, row => row.Allowed);
        Add("status", NpgsqlDbType.Smallint, row => row.Status);
        Add("address", NpgsqlDbType.Text, row => row.Address);
        Add("details", NpgsqlDbType.Jsonb, row => row.Details);

        void Add<T>(string name, NpgsqlDbType type, Func<StorableAudit, T> value) =>
            parameters.Add(new(name, NpgsqlDbType.Array | type) { Value = rows.Select(value).ToArray() });
    }
}
