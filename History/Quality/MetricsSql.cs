using System.Data.Common;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;
using OptiBid.History.Queries;

namespace OptiBid.History.Quality;

/// <summary>What both stores need for the hourly figures of zones.</summary>
internal static class MetricsSql
{
    /// <summary>The table.</summary>
    public const string Table = "market_metrics";

    private const string Columns =
        "market_zone, price_type, \"timestamp\", data_points, average_price, min_price, max_price, volatility, renewable_percentage, load_forecast, calculated_at";

    // The volatility comes from what was counted while prices came in; a later reckoning from the history alone does not know it.
    public static string Upsert(SqlDialect dialect) => RowUpsert.Sql(
        Table, Columns.Replace("\"", "", StringComparison.Ordinal).Split(", "), ["market_zone", "price_type", "timestamp"], dialect,
        static column => column == "volatility" ? $"volatility = coalesce(excluded.volatility, {Table}.volatility)" : $"\"{column}\" = excluded.\"{column}\"");

    public static string Read(SqlDialect dialect) =>
        $"""
        select {Columns} from {Table}
        where market_zone = {dialect.Parameter("zone")} and "timestamp" >= {dialect.Parameter("from")} and "timestamp" < {dialect.Parameter("until")}
        order by "timestamp", price_type
        """;

    /// <summary>The same figures worked out of the prices, without a volatility.</summary>
    public static string Summarize(SqlDialect dialect) =>
        $"""
        select market_zone, price_type, date_trunc('hour', "timestamp" at time zone 'UTC') at time zone 'UTC' as hour, count(*),
            avg(price), min(price), max(price), cast(null as double precision), avg(renewable_percentage), avg(load_forecast), max(ingested_at)
        from market_data
        where market_zone = {dialect.Parameter("zone")} and "timestamp" >= {dialect.Parameter("from")} and "timestamp" < {dialect.Parameter("until")}
        group by 1, 2, 3 order by 3, 2
        """;

    public static IReadOnlyList<(string Name, object Value)> Span(MarketZone zone, DateTimeOffset from, DateTimeOffset to) =>
        [("zone", zone.Name()), ("from", Moment.Cut(from)), ("until", Moment.Cut(to))];

    public static ZoneMetrics Read(DbDataReader row) => new()
    {
        Zone = TickRow.Zone(row.GetString(0)),
        Type = TickRow.Type(row.GetString(1)),
        Hour = TickRow.Utc(row, 2),
        DataPoints = Convert.ToInt32(row.GetValue(3), System.Globalization.CultureInfo.InvariantCulture),
        AveragePrice = TickRow.Number(row, 4),
        MinPrice = TickRow.Number(row, 5),
        MaxPrice = TickRow.Number(row, 6),
        Volatility = TickRow.Number(row, 7),
        RenewablePercentage = TickRow.Number(row, 8),
        LoadForecast = TickRow.Number(row, 9),
        CalculatedAt = TickRow.Utc(row, 10),
    };

    public static IReadOnlyList<(string Name, object? Value)> Values(ZoneMetrics row) =>
    [
        ("market_zone", row.Zone.Name()), ("price_type", row.Type.Name()), ("timestamp", Moment.Cut(row.Hour)), ("data_points", row.DataPoints),
        ("average_price", row.AveragePrice), ("min_price", row.MinPrice), ("max_price", row.MaxPrice), ("volatility", row.Volatility),
        ("renewable_percentage", row.RenewablePercentage), ("load_forecast", row.LoadForecast), ("calculated_at", Moment.Cut(row.CalculatedAt)),
    ];
}
