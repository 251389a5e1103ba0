using System.Data.Common;
using System.Text;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Queries;

namespace OptiBid.History.Quality;

/// <summary>What both stores need for findings about the data.</summary>
internal static class EventsSql
{
    /// <summary>The table.</summary>
    public const string Table = "market_data_quality_events";

    private const int MessageLength = 1_000;

    private static readonly string[] Columns =
        ["id", "market_zone", "feed", "location", "price_type", "kind", "severity", "timestamp", "observed_at", "ended_at", "value", "limit", "count", "message"];

    public static string Delete(SqlDialect dialect) => $"delete from {Table} where observed_at < {dialect.Parameter("instant")}";

    /// <summary>Writes one that began, or notes the end of one that is there.</summary>
    public static RowStatement Record(QualityEvent finding, SqlDialect dialect) =>
        finding.EndedAt is { } ended ? End(finding, ended, dialect) : new($"insert into {Table} ({Names}) values ({string.Join(", ", Columns.Select(dialect.Parameter))}) on conflict (id) do nothing",
        [
            ("id", Text(finding.Id)), ("market_zone", finding.Zone.Name()), ("feed", Text(finding.Feed)), ("location", Text(finding.Location)),
            ("price_type", finding.PriceType?.Name()), ("kind", finding.Kind.Name()), ("severity", finding.Severity.Name()), ("timestamp", Moment.Cut(finding.Timestamp)),
            ("observed_at", Moment.Cut(finding.ObservedAt)), ("ended_at", null), ("value", finding.Value), ("limit", finding.Limit), ("count", finding.Count),
            ("message", Text(finding.Message)),
        ]);

    public static (string Sql, IReadOnlyList<(string Name, object Value)> Parameters) Read(QualityEventQuery query, SqlDialect dialect)
    {
        var text = new StringBuilder($"select {Names} from {Table} where ");
        var parameters = new List<(string, object)>();
        text.Append(dialect.AnyOf("market_zone", Bind("zones", query.Zones.Select(zone => zone.Name()).ToArray())));
        if (query.Kind is { } kind) text.Append($" and kind = {Bind("kind", kind.Name())}");
        if (query.From is { } from) text.Append($" and observed_at >= {Bind("from_time", Moment.Cut(from))}");
        if (query.Before is { } before) text.Append($" and observed_at < {Bind("before_time", Moment.Cut(before))}");
        if (query.After is { } after)
        {
            var at = Bind("after_time", Moment.Cut(after.ObservedAt));
            text.Append($" and observed_at <= {at} and (observed_at < {at} or id < {Bind("after_id", after.Id)})");
        }

        text.Append($" order by observed_at desc, id desc limit {Bind("rows", (long)query.Limit)}");
        return (text.ToString(), parameters);

        string Bind(string name, object value)
        {
            parameters.Add((name, value));
            return dialect.Parameter(name);
        }
    }

    public static QualityEvent Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Zone = TickRow.Zone(row.GetString(1)),
        Feed = Optional(row, 2),
        Location = Optional(row, 3),
        PriceType = Optional(row, 4) is { } type ? TickRow.Type(type) : null,
        Kind = QualityNames.TryParse(row.GetString(5), out QualityKind kind) ? kind : throw new InvalidDataException($"The history holds an unknown kind of finding '{row.GetString(5)}'."),
        Severity = QualityNames.TryParse(row.GetString(6), out QualitySeverity severity) ? severity : throw new InvalidDataException($"The history holds an unknown severity '{row.GetString(6)}'."),
        Timestamp = TickRow.Utc(row, 7),
        ObservedAt = TickRow.Utc(row, 8),
        EndedAt = row.IsDBNull(9) ? null : TickRow.Utc(row, 9),
        Value = TickRow.Number(row, 10),
        Limit = TickRow.Number(row, 11),
        Count = row.GetInt32(12),
        Message = row.GetString(13),
    };

    private static string Names { get; } = string.Join(", ", Columns.Select(column => $"\"{column}\""));

    // By what it is about: a process that has started since may not know with which interval it began.
    private static RowStatement End(QualityEvent finding, DateTimeOffset ended, SqlDialect dialect)
    {
        var values = new List<(string, object?)> { ("ended_at", Moment.Cut(ended)), ("market_zone", finding.Zone.Name()), ("kind", finding.Kind.Name()), ("until", Moment.Cut(finding.ObservedAt)) };
        var sql = new StringBuilder($"update {Table} set ended_at = {dialect.Parameter("ended_at")} where ended_at is null and \"count\" = 1");
        sql.Append($" and market_zone = {dialect.Parameter("market_zone")} and kind = {dialect.Parameter("kind")} and observed_at <= {dialect.Parameter("until")}");
        About("location", Text(finding.Location));
        About("price_type", finding.PriceType?.Name());
        if (finding.Location is null) About("feed", Text(finding.Feed));
        return new(sql.ToString(), values);

        void About(string column, string? value)
        {
            sql.Append(value is null ? $" and {column} is null" : $" and {column} = {dialect.Parameter(column)}");
            if (value is not null) values.Add((column, value));
        }
    }

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private static string? Text(string? text) => text is null ? null : StorableText.Make(text, MessageLength);

    private static string? Optional(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
