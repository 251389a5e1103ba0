namespace OptiBid.History.Buckets;

/// <summary>
/// Cuts a range of time into pieces to be read one at a time, in the query's order. How much is in them at the most is
/// known beforehand (<see cref="Queries.SeriesCounting"/>), so their length is chosen by it. The first pieces are shorter: a reader
/// that wants little costs little.
/// </summary>
internal static class BucketPieces
{
    private const int Growth = 4;

    /// <summary>The pieces, from inclusive, until exclusive; together they are the range.</summary>
    /// <param name="from">Start of the range.</param>
    /// <param name="until">Its end.</param>
    /// <param name="descending">Whether the latest piece comes first.</param>
    /// <param name="first">Length of the first piece.</param>
    /// <param name="most">Length of the longest.</param>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> Of(
        DateTimeOffset from, DateTimeOffset until, bool descending, TimeSpan first, TimeSpan most)
    {
        for (var length = first; from < until; length = length < most / Growth ? length * Growth : most)
        {
            var piece = length < until - from ? length : until - from;
            if (descending)
            {
                yield return (until - piece, until);
                until -= piece;
            }
            else
            {
                yield return (from, from + piece);
                from += piece;
            }
        }
    }
}
