using System.Data.Common;
using System.Text;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Queries;

namespace OptiBid.History.Ingestions;

/// <summary>What both stores need for the log of fetches.</summary>
internal static class IngestionSql
{
    /// <summary>The columns of a record, in the order readers take them.</summary>
    public const string Columns =
        "market_zone, feed, source, reason, started_at, finished_at, range_start, range_end, rows_read, rows_accepted, rows_duplicate, "
        + "rows_revised, rows_rejected, first_interval, last_interval, outcome, message";

    /// <summary>Removes what started before the parameter <c>instant</c>.</summary>
    public static string Delete(SqlDialect dialect) => $"delete from market_data_ingestions where started_at < {dialect.Parameter("instant")}";

    /// <summary>A reason or an outcome as the tables have it, such as <c>PARTIAL</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToUpperInvariant();

    /// <summary>A query as SQL; what is looked for travels as parameters.</summary>
    public static (string Sql, IReadOnlyList<(string Name, object Value)> Parameters) Read(IngestionQuery query, SqlDialect dialect)
    {
        var text = new StringBuilder($"select {Columns} from market_data_ingestions where market_zone = ");
        var parameters = new List<(string, object)>();
        text.Append(Bind("zone", query.Zone.Name()));
        if (query.Feed is { } feed) text.Append($" and feed = {Bind("feed", feed)}");
        if (query.StartedFrom is { } from) text.Append($" and started_at >= {Bind("started_from", Moment.Cut(from))}");
        if (query.StartedBefore is { } before) text.Append($" and started_at < {Bind("started_before", Moment.Cut(before))}");
        if (query.Outcome is { } outcome) text.Append($" and outcome = {Bind("outcome", Word(outcome))}");
        if (query.Covering is { } covering) text.Append(Covers(Bind("covering", Moment.Cut(covering))));
        text.Append($" order by started_at desc, id desc limit {Bind("rows", (long)query.Limit)}");
        return (text.ToString(), parameters);

        string Bind(string name, object value)
        {
            parameters.Add((name, value));
            return dialect.Parameter(name);
        }
    }

    public static IngestionRecord Read(DbDataReader row)
    {
        var started = TickRow.Utc(row, 4);
        return new()
        {
            Zone = TickRow.Zone(row.GetString(0)),
            Feed = row.GetString(1),
            Source = Text(row, 2),
            Reason = Known<IngestionReason>(row.GetString(3)),
            StartedAt = started,
            Duration = TickRow.Utc(row, 5) - started,
            RangeStart = Time(row, 6),
            RangeEnd = Time(row, 7),
            RowsRead = row.GetInt64(8),
            Accepted = row.GetInt64(9),
            Duplicate = row.GetInt64(10),
            Revised = row.GetInt64(11),
            Rejected = row.GetInt64(12),
            FirstInterval = Time(row, 13),
            LastInterval = Time(row, 14),
            Outcome = Known<IngestionOutcome>(row.GetString(15)),
            Message = Text(row, 16),
        };
    }

    private static string Covers(string instant) =>
        $" and (coalesce(range_start, range_end) is not null and coalesce(range_start <= {instant}, true) and coalesce(range_end > {instant}, true)"
        + $" or first_interval <= {instant} and last_interval >= {instant})";

    private static T Known<T>(string word)
        where T : struct, Enum => Enum.TryParse<T>(word, ignoreCase: true, out var value)
            ? value
            : throw new InvalidDataException($"The log of fetches holds '{word}', which is no {typeof(T).Name}.");

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(DbDataReader row, int column) => row.IsDBNull(column) ? null : TickRow.Utc(row, column);
}
