using System.Data.Common;
using System.Text;
using System.Text.Json;
using OptiBid.History.Batches;
using OptiBid.History.Queries;

namespace OptiBid.History.Audit;

/// <summary>What both stores need for the audit log.</summary>
internal static class AuditSql
{
    /// <summary>The columns of a record, in the order they are written and read.</summary>
    public const string Columns = "\"at\", actor, action, target, allowed, status, address, details";

    /// <summary>A query as SQL; what is looked for travels as parameters.</summary>
    public static (string Sql, IReadOnlyList<(string Name, object Value)> Parameters) Read(AuditQuery query, SqlDialect dialect)
    {
        var text = new StringBuilder("select \"at\", actor, action, target, allowed, status, address, cast(details as text), id from audit_log where true");
        var parameters = new List<(string, object)>();
        if (query.Actor is { } actor) text.Append($" and actor = {Bind("actor", actor)}");
        if (query.Action is { } action) text.Append($" and starts_with(action, {Bind("action", action)})");
        if (query.Allowed is { } allowed) text.Append($" and allowed = {Bind("allowed", allowed)}");
        if (query.From is { } from) text.Append($" and \"at\" >= {Bind("from_time", Moment.Cut(from))}");
        if (query.Before is { } before) text.Append($" and \"at\" < {Bind("before_time", Moment.Cut(before))}");
        if (query.After is { } after)
        {
            var at = Bind("after_time", Moment.Cut(after.At));
            text.Append($" and \"at\" <= {at} and (\"at\" < {at} or id < {Bind("after_id", after.Id)})");
        }

        text.Append($" order by \"at\" desc, id desc limit {Bind("rows", (long)query.Limit)}");
        return (text.ToString(), parameters);

        string Bind(string name, object value)
        {
            parameters.Add((name, value));
            return dialect.Parameter(name);
        }
    }

    public static AuditEntry Read(DbDataReader row)
    {
        var at = TickRow.Utc(row, 0);
        return new(new(at, row.GetInt64(8)), new()
        {
            At = at,
            Actor = row.GetString(1),
            Action = row.GetString(2),
            Target = Text(row, 3),
            Allowed = row.GetBoolean(4),
            Status = row.IsDBNull(5) ? null : row.GetInt16(5),
            Address = Text(row, 6),
            Details = Text(row, 7) is { } details ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(details)! : new(),
        });
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
