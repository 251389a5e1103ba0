using OptiBid.Grains.Interfaces;
using OptiBid.History.Queries;

namespace OptiBid.History.Duck;

/// <summary>Counts of locations by interval in the embedded file.</summary>
internal sealed class DuckIntervalCounts(DuckStore store) : IIntervalCounts
{
    private static readonly string Sql = IntervalCounting.Sql(SqlDialect.Duck);

    public async Task<IReadOnlyList<IntervalCount>> CountAsync(
        MarketZone zone, PriceType type, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        var values = IntervalCounting.Parameters(zone, type, from, to);
        return from == to ? [] : await store.ReadAsync("count prices by interval", Sql, values, IntervalCounting.Read, cancellationToken);
    }
}
