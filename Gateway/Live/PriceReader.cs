using System.Runtime.InteropServices;

namespace OptiBid.Gateway.Live;

/// <summary>
/// One connection's place in the journal: all the memory a connection has.
/// </summary>
/// <remarks>
/// Conflation needs no buffer of pending prices. A reader walks the journal from where it stopped to its head and
/// takes an entry only if it is still its location's newest; one that is not has its successor further on in
/// the journal, in this walk or the next. So per location and price type the reader takes a subsequence of what
/// got into the table, in order, that ends with the newest. When the writer has come round and the reader's place
/// is overwritten, it takes from the table whatever is newer than its place, and the same holds.
/// A connection that does not read costs nothing but its place.
/// </remarks>
internal sealed class PriceReader(LivePrices prices, PriceFilter filter)
{
    /// <summary>Position up to which everything has been taken.</summary>
    public long Position { get; private set; }

    /// <summary>
    /// The newest price of everything in the filter. What gets in while it is taken may be taken again with the
    /// next prices; never an older one.
    /// </summary>
    public List<LivePrice> TakeSnapshot()
    {
        Position = prices.Journal.Head;
        return [.. prices.Matching(filter)];
    }

    /// <summary>The newest price of whatever changed since the last take.</summary>
    /// <param name="into">Filled with the prices, in the order in which they got into the table.</param>
    /// <returns>How many prices within the filter were passed over because a newer one had come; at least, where the journal did not reach back.</returns>
    public int TakeNewest(List<LivePrice> into)
    {
        var head = prices.Journal.Head;
        var passed = 0;
        for (var position = Position + 1; position <= head; position++)
        {
            if (prices.Journal.Read(position) is not { } price)
            {
                TakeFromTable(position - 1, head, into);
                break;
            }

            if (!filter.Contains(price)) continue;
            if (price.Place.Newest(price.Type) is { } newest && newest.Position == position) into.Add(newest);
            else passed++;
        }

        Position = head;
        return passed;
    }

    /// <summary>Every price since the last take, none left out while the journal reaches back.</summary>
    /// <param name="into">Filled with the prices, in the order in which they got into the table.</param>
    /// <param name="limit">Prices at the most.</param>
    /// <returns>How many were passed over because the journal no longer had them, of all locations.</returns>
    public long TakeEvery(List<LivePrice> into, int limit)
    {
        var head = prices.Journal.Head;
        while (Position < head && into.Count < limit)
        {
            if (prices.Journal.Read(Position + 1) is { } price)
            {
                if (filter.Contains(price)) into.Add(price);
                Position++;
                continue;
            }

            var before = into.Count;
            TakeFromTable(Position, head, into);
            var passed = head - Position - (into.Count - before);
            Position = head;
            return passed;
        }

        return 0;
    }

    private void TakeFromTable(long after, long head, List<LivePrice> into)
    {
        var start = into.Count;
        foreach (var price in prices.Matching(filter))
        {
            // Beyond the head it will be met in the journal at the next take.
            if (price.Position > after && price.Position <= head) into.Add(price);
        }

        CollectionsMarshal.AsSpan(into)[start..].Sort(static (left, right) => left.Position.CompareTo(right.Position));
    }
}
