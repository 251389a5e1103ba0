using OptiBid.Grains.Interfaces;
using OptiBid.History.Queries;

namespace OptiBid.History.Postgres;

/// <summary>Counts of locations by interval in PostgreSQL.</summary>
internal sealed class PostgresIntervalCounts(PostgresStore store) : IIntervalCounts
{
    /// <summary>The statement; its plan is tested.</summary>
    public static readonly string Sql = IntervalCounting.Sql(SqlDialect.Postgres);

    public async Task<IReadOnlyList<IntervalCount>> CountAsync(
        MarketZone zone, PriceType type, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        var values = IntervalCounting.Parameters(zone, type, from, to);
        if (from == to) return [];

        return await store.QueryForUsersAsync("count prices by interval", Sql, values, IntervalCounting.Read, cancellationToken).ToListAsync(cancellationToken);
    }
}
