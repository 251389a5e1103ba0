using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.History;

namespace OptiBid.Connectors.Zones.Holes;

/// <summary>Finds the intervals that a history lacks.</summary>
internal static class HoleFinder
{
    /// <summary>An interval with fewer than this share of the usual number of places is a hole too: a page of it was lost.</summary>
    public const double UsualShare = 0.5;

    /// <summary>
    /// The intervals between the first that has prices and <paramref name="to"/> that have none, or far fewer than usual (the median of
    /// the span). Before the first there may have been no deployment.
    /// </summary>
    /// <param name="counts">Intervals that have prices, in order.</param>
    /// <param name="interval">Length of an interval; all start at its multiples from midnight UTC.</param>
    /// <param name="to">End of the span, not part of it.</param>
    public static IEnumerable<DateTimeOffset> Find(IReadOnlyList<IntervalCount> counts, TimeSpan interval, DateTimeOffset to)
    {
        if (counts.Count == 0) yield break;
        var usual = counts.Select(count => count.Locations).Order().ElementAt(counts.Count / 2);
        var found = counts.ToDictionary(count => count.Start, count => count.Locations);
        for (var start = counts[0].Start; start < to; start += interval)
        {
            if (found.GetValueOrDefault(start) < usual * UsualShare) yield return start;
        }
    }

    /// <summary>Holes that follow each other, put together to ranges no longer than a feed reads at once.</summary>
    public static IEnumerable<FeedRange> Ranges(IEnumerable<DateTimeOffset> holes, TimeSpan interval, TimeSpan longest)
    {
        (DateTimeOffset From, DateTimeOffset To)? run = null;
        foreach (var hole in holes.Order())
        {
            if (run is { } open && open.To == hole && hole + interval - open.From <= longest)
            {
                run = (open.From, hole + interval);
                continue;
            }

            if (run is { } ended) yield return new FeedRange(ended.From, ended.To);
            run = (hole, hole + interval);
        }

        if (run is { } last) yield return new FeedRange(last.From, last.To);
    }

    /// <summary>End of the span in which all is expected to have arrived by now.</summary>
    public static DateTimeOffset Settled(DateTimeOffset readThrough, TimeSpan interval, TimeSpan grace) => (readThrough - grace).Floor(interval);
}
