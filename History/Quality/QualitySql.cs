using System.Data.Common;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Queries;

namespace OptiBid.History.Quality;

/// <summary>What both stores need for the quality of feeds by the hour.</summary>
internal static class QualitySql
{
    /// <summary>The table.</summary>
    public const string Table = "market_data_quality";

    /// <summary>Longest feed name that is kept, UTF-16 characters.</summary>
    public const int FeedLength = PriceTick.MaxSourceLength;

    private static readonly string[] Columns =
    [
        "market_zone", "feed", "price_type", "timestamp", "locations", "expected", "received", "gaps", "duplicates", "late", "revised", "rejected",
        "flat_lined", "spikes", "component_mismatches", "freshness_seconds", "calculated_at", "anomalies", "completeness",
    ];

    public static string Upsert(SqlDialect dialect) => RowUpsert.Sql(Table, Columns, ["market_zone", "feed", "price_type", "timestamp"], dialect);

    public static string Read(SqlDialect dialect) =>
        $"""
        select {string.Join(", ", Columns.Select(column => $"\"{column}\""))} from {Table}
        where {dialect.AnyOf("market_zone", dialect.Parameter("zones"))} and "timestamp" >= {dialect.Parameter("from")} and "timestamp" < {dialect.Parameter("until")}
        order by "timestamp" desc, market_zone, feed, price_type
        """;

    public static FeedQuality Read(DbDataReader row) => new()
    {
        Zone = TickRow.Zone(row.GetString(0)),
        Feed = row.GetString(1),
        PriceType = row.GetString(2) is { Length: > 0 } type ? TickRow.Type(type) : null,
        Hour = TickRow.Utc(row, 3),
        Locations = row.GetInt32(4),
        Expected = row.IsDBNull(5) ? null : row.GetInt32(5),
        Received = row.GetInt32(6),
        Gaps = row.GetInt32(7),
        Duplicates = row.GetInt32(8),
        Late = row.GetInt32(9),
        Revised = row.GetInt32(10),
        Rejected = row.GetInt32(11),
        FlatLined = row.GetInt32(12),
        Spikes = row.GetInt32(13),
        ComponentMismatches = row.GetInt32(14),
        FreshnessSeconds = TickRow.Number(row, 15),
        CalculatedAt = TickRow.Utc(row, 16),
    };

    public static IReadOnlyList<(string Name, object? Value)> Values(FeedQuality row) =>
    [
        ("market_zone", row.Zone.Name()), ("feed", StorableText.Make(row.Feed, FeedLength)), ("price_type", row.PriceType?.Name() ?? ""), ("timestamp", Moment.Cut(row.Hour)),
        ("locations", row.Locations), ("expected", row.Expected), ("received", row.Received), ("gaps", row.Gaps), ("duplicates", row.Duplicates), ("late", row.Late),
        ("revised", row.Revised), ("rejected", row.Rejected), ("flat_lined", row.FlatLined), ("spikes", row.Spikes), ("component_mismatches", row.ComponentMismatches),
        ("freshness_seconds", row.FreshnessSeconds), ("calculated_at", Moment.Cut(row.CalculatedAt)), ("anomalies", row.Anomalies), ("completeness", row.Completeness),
    ];
}
