using System.Runtime.CompilerServices;
using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Queries;

/// <summary>How many series of one zone and type match a query.</summary>
/// <param name="Zone">The market.</param>
/// <param name="PriceType">The type.</param>
/// <param name="Count">How many.</param>
internal readonly record struct SeriesCount(MarketZone Zone, PriceType PriceType, long Count)
{
    /// <summary>The most prices that these series can have in a time.</summary>
    public long PricesIn(TimeSpan time) => Count * (long)Math.Ceiling(time.TotalMinutes / PriceType.IntervalMinutes());
}

/// <summary>
/// Looks ahead at how much a query may have to read. What it gives may be little and what it reads much, when it
/// compares prices or gathers them; so such a query is refused before anything is read.
/// </summary>
internal static class SeriesCounting
{
    /// <summary>The series that match the query's zones, locations and types, whether or not they have a price in its time.</summary>
    /// <exception cref="HistoryTooMuchException">Together they may have more prices in the query's time than one query may read.</exception>
    public static async Task<IReadOnlyList<SeriesCount>> CountAsync(ISqlStore store, PriceQuery query, CancellationToken cancellationToken)
    {
        if (query.Start >= query.End) return [];

        var sql = SeriesSql.Count(query, store.Dialect);
        var counts = await store.QueryAsync("count series", sql.Text, sql.Parameters,
            row => new SeriesCount(TickRow.Zone(row.GetString(0)), TickRow.Type(row.GetString(1)), row.GetInt64(2)), cancellationToken).ToListAsync(cancellationToken);
        var prices = counts.Sum(count => count.PricesIn(query.End - query.Start));
        return prices <= store.Options.MostPricesRead ? counts : throw new HistoryTooMuchException(prices, store.Options.MostPricesRead);
    }

    /// <summary>Refuses a read that picks prices by their value out of too many.</summary>
    /// <exception cref="HistoryTooMuchException">They are too many.</exception>
    public static async Task CheckAsync(ISqlStore store, PriceQuery query, CancellationToken cancellationToken)
    {
        if (query.MinPrice is not null || query.MaxPrice is not null) _ = await CountAsync(store, query, cancellationToken);
    }

    /// <summary>The rows of a read, once it has been checked.</summary>
    public static async IAsyncEnumerable<T> CheckedAsync<T>(
        ISqlStore store, PriceQuery query, IAsyncEnumerable<T> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CheckAsync(store, query, cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken)) yield return row;
    }
}
