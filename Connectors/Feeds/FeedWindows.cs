using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Feeds;

/// <summary>Splits a range of market time into pieces a market is willing to answer at once.</summary>
public static class FeedWindows
{
    /// <summary>Pieces from <paramref name="from"/> to <paramref name="to"/>, oldest first; none for an empty range.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Split(DateTimeOffset from, DateTimeOffset to, TimeSpan longest)
    {
        while (from < to)
        {
            var end = Instants.Earlier(from + longest, to);
            yield return (from, end);
            from = end;
        }
    }
}
