using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Pjm;

/// <summary>A piece of market time that Data Miner 2 is willing to answer at once.</summary>
/// <param name="From">Start, UTC.</param>
/// <param name="To">End, UTC, not part of it.</param>
/// <param name="IsArchived">
/// True where PJM has moved the rows to its archive: it sorts them itself and refuses any order and any choice of pnodes.
/// </param>
internal sealed record PjmWindow(DateTimeOffset From, DateTimeOffset To, bool IsArchived)
{
    /// <summary>The start of the last interval that lies in it: PJM's ranges include their ends.</summary>
    public DateTimeOffset LastStart(TimeSpan interval) => To.AddTicks(-1).Floor(interval);

    /// <summary>
    /// Splits a range into windows, oldest first: none longer than asked for (PJM's own limit is 366 days), none with rows on both
    /// sides of the archive's edge, and none in the archive with parts of two years (UTC).
    /// </summary>
    /// <param name="from">Start.</param>
    /// <param name="to">End.</param>
    /// <param name="longest">Longest window.</param>
    /// <param name="edge">Older rows are archived.</param>
    /// <param name="interval">Length of an interval.</param>
    public static IEnumerable<PjmWindow> Split(DateTimeOffset from, DateTimeOffset to, TimeSpan longest, DateTimeOffset edge, TimeSpan interval)
    {
        edge = edge.Ceiling(interval);
        while (from < to)
        {
            var isArchived = from < edge;
            var end = Instants.Earlier(from + longest, to);
            if (isArchived)
            {
                end = Instants.Earlier(end, edge);
                end = Instants.Earlier(end, new DateTimeOffset(from.Year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero));
            }

            yield return new PjmWindow(from, end, isArchived);
            from = end;
        }
    }

    /// <summary>
    /// What to ask for instead, oldest first, when PJM has its archive's edge elsewhere: the halves of a window that it says spans
    /// both, or the same window as the archive's.
    /// </summary>
    /// <param name="refusal">What it said.</param>
    /// <param name="interval">Length of an interval.</param>
    /// <returns>Nothing, where the refusal is for another reason.</returns>
    public IReadOnlyList<PjmWindow> Instead(MarketFeedException refusal, TimeSpan interval)
    {
        if (!refusal.Message.Contains("archived", StringComparison.OrdinalIgnoreCase)) return [];
        if (!refusal.Message.Contains("standard", StringComparison.OrdinalIgnoreCase)) return IsArchived ? [] : [this with { IsArchived = true }];

        var middle = (From + ((To - From) / 2)).Ceiling(interval);
        return middle < To ? [this with { To = middle }, this with { From = middle }] : [];
    }
}
