using System.Runtime.CompilerServices;

namespace OptiBid.History.Queries;

/// <summary>
/// Reads a range of time piece by piece, in the query's order: for what a store cannot give row by row, because it must
/// see all of a piece first (which value stood, averages). The first rows come soon, no piece is large, and a reader
/// that has enough costs no more than the pieces it has had.
/// </summary>
internal static class PiecewiseReading
{
    /// <summary>A piece with fewer rows makes the next one longer.</summary>
    private const int FewRows = 5_000;

    /// <summary>A piece with more rows makes the next one shorter.</summary>
    private const int ManyRows = 50_000;

    /// <summary>The rows of all pieces, as many as the query's limit.</summary>
    /// <param name="query">The whole query.</param>
    /// <param name="first">Length of the first piece, and of the shortest.</param>
    /// <param name="read">Reads a piece: the query with the piece's bounds and what is left of the limit.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        PriceQuery query, TimeSpan first, Func<PriceQuery, IAsyncEnumerable<T>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (start, end) = Range(query);
        var (length, left) = (first, query.Limit);
        while (start < end)
        {
            var piece = end - start < length ? end - start : length;
            var (from, until) = query.Descending ? (end - piece, end) : (start, start + piece);
            var rows = 0;
            await foreach (var row in read(query with { Start = from, End = until, Limit = left }).WithCancellation(cancellationToken))
            {
                rows++;
                yield return row;
                if (left is not null && --left == 0) yield break;
            }

            (start, end) = query.Descending ? (start, from) : (until, end);
            if (rows < FewRows) length = length < (end - start) / 4 ? length * 4 : end - start;
            else if (rows > ManyRows) length = length / 2 > first ? length / 2 : first;
        }
    }

    // What lies before the row to go on after is not looked at again.
    private static (DateTimeOffset Start, DateTimeOffset End) Range(PriceQuery query)
    {
        if (query.After is not { } after) return (query.Start, query.End);

        var beyond = after.Timestamp.AddTicks(TimeSpan.TicksPerMicrosecond);
        return query.Descending
            ? (query.Start, beyond < query.End ? beyond : query.End)
            : (after.Timestamp > query.Start ? after.Timestamp : query.Start, query.End);
    }
}
