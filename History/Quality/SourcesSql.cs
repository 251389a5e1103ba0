using System.Data.Common;
using OptiBid.History.Queries;

namespace OptiBid.History.Quality;

/// <summary>
/// Which source published what. The price that stands names one source only, so the publications beside it count too; the
/// union of both has each location and interval of a source once.
/// </summary>
internal static class SourcesSql
{
    public static string Count(SqlDialect dialect) =>
        $"""
        select source, price_type, "timestamp", count(*)
        from ({Published("market_data")} union {Published("market_data_revisions")}) as published
        group by source, price_type, "timestamp" order by "timestamp", source, price_type
        """.Replace("@zone", dialect.Parameter("zone"), StringComparison.Ordinal)
            .Replace("@from", dialect.Parameter("from"), StringComparison.Ordinal)
            .Replace("@until", dialect.Parameter("until"), StringComparison.Ordinal);

    public static SourceInterval Read(DbDataReader row) =>
        new(row.IsDBNull(0) ? null : row.GetString(0), TickRow.Type(row.GetString(1)), TickRow.Utc(row, 2), checked((int)row.GetInt64(3)));

    private static string Published(string table) =>
        $"select source, price_type, location, \"timestamp\" from {table} where market_zone = @zone and \"timestamp\" >= @from and \"timestamp\" < @until";
}
