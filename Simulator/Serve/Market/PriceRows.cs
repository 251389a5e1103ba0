namespace OptiBid.Simulator.Serve.Market;

/// <summary>
/// The rows of a price feed over many intervals, counted without being computed, so that a page anywhere in them costs only its
/// own rows.
/// </summary>
internal sealed class PriceRows
{
    private readonly ServedMarket _market;
    private readonly PriceFeed _feed;
    private readonly IReadOnlyList<ServedPlace> _places;
    private readonly Func<IReadOnlyList<PriceVersion>, IEnumerable<(PriceVersion Version, bool IsCurrent)>> _pick;
    private readonly List<(DateTimeOffset Start, int Rows)> _intervals = [];

    /// <param name="market">The market.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="places">The places, in the order of the rows of an interval.</param>
    /// <param name="starts">The intervals, in the order of the rows.</param>
    /// <param name="pick">Which versions become rows.</param>
    public PriceRows(
        ServedMarket market, PriceFeed feed, IReadOnlyList<ServedPlace> places, IEnumerable<DateTimeOffset> starts,
        Func<IReadOnlyList<PriceVersion>, IEnumerable<(PriceVersion Version, bool IsCurrent)>> pick)
    {
        (_market, _feed, _places, _pick) = (market, feed, places, pick);
        if (places.Count == 0) return;

        var now = market.Now;
        // Where no fault strikes, an interval has one version of each place, which need not be computed to be counted.
        var plain = places.Count * pick([default(PriceVersion) with { Version = 1 }]).Count();
        foreach (var start in starts)
        {
            var rows = market.IsTouched(feed, start) ? places.Sum(place => Rows(place, start).Count())
                : feed.PublishedAt(start) <= now ? plain : 0;
            if (rows > 0) _intervals.Add((start, rows));
            Total += rows;
        }
    }

    /// <summary>Newest versions only.</summary>
    public static IEnumerable<(PriceVersion Version, bool IsCurrent)> Newest(IReadOnlyList<PriceVersion> versions) =>
        versions.Count == 0 ? [] : [(versions[^1], true)];

    /// <summary>Rows there are in all.</summary>
    public long Total { get; }

    /// <summary>Some of them.</summary>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="take">How many at the most.</param>
    public IEnumerable<(ServedPlace Place, PriceVersion Version, bool IsCurrent)> Page(long skip, long take)
    {
        foreach (var (start, rows) in _intervals)
        {
            if (skip >= rows)
            {
                skip -= rows;
                continue;
            }

            var isPlain = rows == _places.Count && !_market.IsTouched(_feed, start);
            for (var i = isPlain ? (int)skip : 0; i < _places.Count; i++)
            {
                foreach (var (version, isCurrent) in Rows(_places[i], start))
                {
                    if (!isPlain && skip-- > 0) continue;
                    if (take-- <= 0) yield break;
                    yield return (_places[i], version, isCurrent);
                }
            }

            skip = 0;
        }
    }

    private IEnumerable<(PriceVersion Version, bool IsCurrent)> Rows(ServedPlace place, DateTimeOffset start) => _pick(_market.Versions(_feed, place, start));
}
