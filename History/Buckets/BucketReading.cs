using System.Runtime.CompilerServices;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Queries;

namespace OptiBid.History.Buckets;

/// <summary>
/// Answers a <see cref="ResampleQuery"/> on either store: counts the series, which says how much there may be to read; cuts
/// the time into pieces of a size that a store gathers at once; and gives each bucket in the piece that its start is in.
/// </summary>
internal sealed class BucketReading(ISqlStore store)
{
    /// <summary>Prices a piece may have to read, at the most, unless one bucket is more.</summary>
    private const double PricesInPiece = 2_000_000;

    /// <summary>Buckets a piece may have: what PostgreSQL gathers in its usual memory without going to disk.</summary>
    private const double BucketsInPiece = 12_000;

    /// <summary>Share of the longest piece that the first has.</summary>
    private const int FirstShare = 16;

    /// <exception cref="ArgumentException">The clock is no market's, there are no such buckets, or the time is beyond any calendar.</exception>
    public async IAsyncEnumerable<PriceBucket> ReadAsync(ResampleQuery resample, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = resample.Prices;
        var counts = await SeriesCounting.CountAsync(store, query, cancellationToken);
        var calendars = Calendars(resample, counts);
        if (calendars.Length == 0 || query.Limit == 0) yield break;

        var series = resample.FillGaps ? await WithPricesAsync(query, cancellationToken) : [];
        if (resample.FillGaps && series.Count == 0) yield break;

        var left = query.Limit;
        foreach (var (from, until) in Pieces(resample, calendars, counts))
        {
            ClockBuckets[] clocks = [.. calendars.Select(zones => ClockBuckets.Within(zones.Calendar, zones.Zones, query, from, until)).OfType<ClockBuckets>()];
            if (clocks.Length == 0) continue;

            var sql = BucketSql.For(resample, clocks, left, store.Dialect);
            var buckets = store.QueryAsync("gather prices", sql.Text, sql.Parameters, row => BucketRow.Read(row, clocks), cancellationToken);
            if (resample.FillGaps) buckets = GapFilling.FillAsync(buckets, clocks, series, query, cancellationToken);
            await foreach (var bucket in buckets.WithCancellation(cancellationToken))
            {
                yield return bucket;
                if (left is not null && --left == 0) yield break;
            }
        }
    }

    // Zones that go by one clock are gathered together.
    private static (BucketCalendar Calendar, IReadOnlyList<MarketZone> Zones)[] Calendars(ResampleQuery resample, IReadOnlyList<SeriesCount> counts)
    {
        if (counts.Count > 0 && (resample.Prices.Start < BucketCalendar.First || resample.Prices.End > BucketCalendar.Beyond))
        {
            throw new ArgumentException($"Buckets are of the time from {BucketCalendar.First:O} to {BucketCalendar.Beyond:O}; the query is from {resample.Prices.Start:O} to {resample.Prices.End:O}.", nameof(resample));
        }

        return [.. counts.Select(count => count.Zone).Distinct()
            .GroupBy(zone => resample.Clock ?? MarketClocks.Of(zone))
            .Select(zones => (new BucketCalendar(zones.Key, resample.Every), (IReadOnlyList<MarketZone>)[.. zones]))];
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> Pieces(
        ResampleQuery resample, (BucketCalendar Calendar, IReadOnlyList<MarketZone> Zones)[] calendars, IReadOnlyList<SeriesCount> counts)
    {
        var (query, every) = (resample.Prices, resample.Every);
        var start = calendars.Min(zones => zones.Calendar.StartOf(query.Start));
        var end = query.End;
        if (query.After is { Timestamp: var after })
        {
            if (query.Descending && after < end) end = after.AddTicks(1);
            if (!query.Descending && after > start) start = after;
        }

        var pricesPerDay = counts.Sum(count => count.PricesIn(TimeSpan.FromDays(1)));
        var days = Math.Min(PricesInPiece / pricesPerDay, BucketsInPiece / counts.Sum(count => count.Count) * every.Usual.TotalDays);
        return BucketPieces.Of(start, end, query.Descending, Length(days / FirstShare), Length(days));

        // Long enough for a bucket of each clock to start in it.
        TimeSpan Length(double days) => TimeSpan.FromDays(Math.Max(days, every.Longest.TotalDays));
    }

    private async Task<IReadOnlyList<SeriesKey>> WithPricesAsync(PriceQuery query, CancellationToken cancellationToken)
    {
        var sql = SeriesSql.WithPrices(query, store.Dialect);
        return await store.QueryAsync("list series", sql.Text, sql.Parameters,
            row => new SeriesKey(TickRow.Zone(row.GetString(0)), row.GetString(1), TickRow.Type(row.GetString(2))), cancellationToken).ToListAsync(cancellationToken);
    }
}
