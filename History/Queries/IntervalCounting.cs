using System.Data.Common;
using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Queries;

/// <summary>
/// Counts the locations of each interval. A price's key is unique, so its rows are the locations. The bounds of time
/// stay in sight of PostgreSQL's planner: wherever it believes them to lie, the index by time is the cheaper way.
/// </summary>
internal static class IntervalCounting
{
    public static string Sql(SqlDialect dialect) =>
        $"""
        select "timestamp", count(*) from market_data
        where market_zone = {dialect.Parameter("zone")} and price_type = {dialect.Parameter("type")}
          and "timestamp" >= {dialect.Parameter("from")} and "timestamp" < {dialect.Parameter("until")}
        group by "timestamp" order by "timestamp"
        """;

    /// <exception cref="ArgumentOutOfRangeException">The span ends before it starts.</exception>
    public static IReadOnlyList<(string Name, object Value)> Parameters(MarketZone zone, PriceType type, DateTimeOffset from, DateTimeOffset to) =>
        to < from
            ? throw new ArgumentOutOfRangeException(nameof(to), to, $"The end is before the start, {from:O}.")
            : [("zone", zone.Name()), ("type", type.Name()), ("from", from.ToUniversalTime()), ("until", to.ToUniversalTime())];

    public static IntervalCount Read(DbDataReader row) => new(TickRow.Utc(row, 0), checked((int)row.GetInt64(1)));
}
