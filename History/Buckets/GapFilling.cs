using System.Runtime.CompilerServices;
using OptiBid.History.Queries;

namespace OptiBid.History.Buckets;

/// <summary>Puts empty buckets where a series has no price, into buckets that come in the order of queries.</summary>
internal static class GapFilling
{
    /// <summary>The buckets of a piece with every other of the series in it.</summary>
    /// <param name="buckets">Those that have prices, in the query's order, after the query's key.</param>
    /// <param name="clocks">The piece's buckets.</param>
    /// <param name="series">The series to fill, in order.</param>
    /// <param name="query">The whole query.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<PriceBucket> FillAsync(
        IAsyncEnumerable<PriceBucket> buckets, IReadOnlyList<ClockBuckets> clocks, IReadOnlyList<SeriesKey> series, PriceQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var given = buckets.GetAsyncEnumerator(cancellationToken);
        var more = await given.MoveNextAsync();
        foreach (var empty in All(clocks, series, query))
        {
            // A series that was new after the others had been listed is not among them.
            while (more && Order(given.Current, empty, query.Descending) < 0)
            {
                yield return given.Current;
                more = await given.MoveNextAsync();
            }

            if (more && Order(given.Current, empty, query.Descending) == 0)
            {
                yield return given.Current;
                more = await given.MoveNextAsync();
            }
            else
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return empty;
            }
        }

        for (; more; more = await given.MoveNextAsync()) yield return given.Current;
    }

    private static IEnumerable<PriceBucket> All(IReadOnlyList<ClockBuckets> clocks, IReadOnlyList<SeriesKey> series, PriceQuery query)
    {
        var starts = clocks.SelectMany(clock => clock.Starts).Distinct();
        foreach (var start in query.Descending ? starts.OrderDescending() : starts.Order())
        {
            foreach (var one in series)
            {
                if (clocks.FirstOrDefault(clock => clock.Zones.Contains(one.Zone)) is not { } clock || !clock.StartsAt(start)) continue;

                var bucket = BucketRow.Empty(start, clock.EndOf(start), one);
                if (query.After is not { } after || Order(bucket, after, query.Descending) > 0) yield return bucket;
            }
        }
    }

    private static int Order(in PriceBucket left, in PriceBucket right, bool descending) =>
        Order(left, new PriceKey(right.Start, right.Zone, right.Location, right.PriceType), descending);

    private static int Order(in PriceBucket left, in PriceKey right, bool descending)
    {
        var time = left.Start.CompareTo(right.Timestamp);
        return time != 0
            ? descending ? -time : time
            : new SeriesKey(left.Zone, left.Location, left.PriceType).CompareTo(new(right.Zone, right.Location, right.PriceType));
    }
}
