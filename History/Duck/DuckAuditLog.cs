using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using OptiBid.History.Audit;
using OptiBid.History.Queries;

namespace OptiBid.History.Duck;

/// <summary>The audit log in the embedded file.</summary>
internal sealed class DuckAuditLog(DuckStore store) : IAuditLog
{
    private const string CreateStaging =
        """
        create temporary table if not exists incoming_audit (
            "at" timestamptz, actor varchar, action varchar, target varchar, allowed boolean, status smallint, address varchar, details varchar)
        """;

    private const string Insert = $"insert into audit_log ({AuditSql.Columns}) select {AuditSql.Columns} from temp.incoming_audit";

    public async Task RecordAsync(IReadOnlyCollection<AuditRecord> records, CancellationToken cancellationToken = default)
    {
        if (records.Count == 0) return;

        StorableAudit[] rows = [.. records.Select(StorableAudit.From)];
        _ = await store.WriteAsync($"record {rows.Length} actions", writer =>
        {
            _ = writer.Execute(CreateStaging);
            _ = writer.Execute("delete from temp.incoming_audit");
            Append(writer, rows);
            return writer.Execute(Insert);
        }, cancellationToken);
    }

    public async IAsyncEnumerable<AuditEntry> ReadAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (sql, parameters) = AuditSql.Read(query, SqlDialect.Duck);
        foreach (var entry in await store.ReadAsync("read the audit log", sql, parameters, AuditSql.Read, cancellationToken)) yield return entry;
    }

    private static void Append(DuckDBConnection writer, StorableAudit[] rows)
    {
        using var appender = writer.AppendTemporary("incoming_audit");
        foreach (var row in rows)
        {
            appender.CreateRow()
                .AppendValue((DateTimeOffset?)row.At)
                .AppendValue(row.Actor)
                .AppendValue(row.Action)
                .AppendValue(row.Target)
                .AppendValue((bool?)row.Allowed)
                .AppendValue(row.Status)
                .AppendValue(row.Address)
                .AppendValue(row.Details)
                .EndRow();
        }
    }
}
