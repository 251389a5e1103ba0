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

    // What follows an empty time may be dense; a piece is never so long that all of it at once would be too much.
    private static readonly TimeSpan LongestOfMarkets = TimeSpan.FromDays(32);
    private static readonly TimeSpan LongestOfPlaces = TimeSpan.FromDays(512);

    // A day of places has at most 288 intervals of each of four series, of which few have more than one.
    private static readonly TimeSpan FirstOfOnePlace = TimeSpan.FromDays(64);

    /// <summary>The length to begin with: one interval of whole markets, or some thousand rows of given places.</summary>
    public static TimeSpan First(PriceQuery query) =>
        query.Locations.Count > 0 ? TimeSpan.FromDays(Math.Max(1, FirstOfOnePlace.Days / query.Locations.Count)) : TimeSpan.FromMinutes(5);

    /// <summary>The rows of all pieces, as many as the query's limit.</summary>
    /// <param name="query">The whole query.</param>
    /// <param name="first">Length of the first piece, and of the shortest; more than zero.</param>
    /// <param name="read">Reads a piece: the query with the piece's bounds and what is left of the limit.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        PriceQuery query, TimeSpan first, Func<PriceQuery, IAsyncEnumerable<T>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(first, TimeSpan.Zero);
        var (start, end) = Range(query);
        var (length, left) = (first, query.Limit);
        while (start < end && left is not <= 0)
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
            length = Next(length, rows, first, query.Locations.Count > 0 ? LongestOfPlaces : LongestOfMarkets);
        }
    }

    /// <summary>The query's time without what lies before the row to go on after.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End) Range(PriceQuery query)
    {
        if (query.After is not { } after) return (query.Start, query.End);
        if (!query.Descending) return (after.Timestamp > query.Start ? after.Timestamp : query.Start, query.End);

        // Stores count microseconds; the interval itself is still to be read.
        var microsecond = TimeSpan.FromMicroseconds(1);
        return (query.Start, query.End - DateTimeOffset.MinValue > microsecond && after.Timestamp < query.End - microsecond ? after.Timestamp + microsecond : query.End);
    }

    private static TimeSpan Next(TimeSpan length, int rows, TimeSpan shortest, TimeSpan longest)
    {
        if (rows > ManyRows) return length / 2 > shortest ? length / 2 : shortest;
        if (rows >= FewRows || length >= longest) return length;
        return length * 4 < longest ? length * 4 : longest;
    }
}
