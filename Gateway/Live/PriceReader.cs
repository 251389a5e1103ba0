using System.Runtime.InteropServices;
using OptiBid.Grains.Interfaces;

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
    /// <summary>Prices of the snapshot that got in while it was taken, by place and type; null once the position has passed them.</summary>
    private Dictionary<(LiveLocation Place, PriceType Type), long>? _ahead;
    private long _aheadEnd;
    private long _names;

    /// <summary>Position up to which everything has been taken.</summary>
    public long Position { get; private set; }

    /// <summary>The newest price of everything in the filter. What gets in while it is taken, and is in it, is not taken again.</summary>
    public List<LivePrice> TakeSnapshot()
    {
        _names = prices.Names;
        Position = prices.Journal.Head;
        (_ahead, _aheadEnd) = (null, 0);
        var taken = new List<LivePrice>();
        foreach (var price in prices.Matching(filter))
        {
            taken.Add(price);
            if (price.Position <= Position) continue;
            (_ahead ??= [])[(price.Place, price.Type)] = price.Position;
            _aheadEnd = Math.Max(_aheadEnd, price.Position);
        }

        return taken;
    }

    /// <summary>The newest price of whatever changed since the last take, and what of the rest got another name.</summary>
    /// <param name="into">Filled with the prices, those that changed in the order in which they got into the table.</param>
    /// <returns>How many prices within the filter were passed over because a newer one had come; at least, where the journal did not reach back.</returns>
    public int TakeNewest(List<LivePrice> into)
    {
        var head = prices.Journal.Head;
        TakeRenamed(into);
        var passed = 0;
        for (var position = Position + 1; position <= head; position++)
        {
            if (prices.Journal.Read(position) is not { } price)
            {
                TakeFromTable(position - 1, head, into);
                break;
            }

            if (!IsWanted(price)) continue;
            if (price.Place.Newest(price.Type) is { } newest && newest.Position == position) into.Add(newest);
            else passed++;
        }

        MoveTo(head);
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
                if (IsWanted(price)) into.Add(price);
                MoveTo(Position + 1);
                continue;
            }

            var before = into.Count;
            TakeFromTable(Position, head, into);
            var passed = head - Position - (into.Count - before);
            MoveTo(head);
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
            if (price.Position > after && price.Position <= head && IsNews(price)) into.Add(price);
        }

        CollectionsMarshal.AsSpan(into)[start..].Sort(static (left, right) => left.Position.CompareTo(right.Position));
    }

    /// <summary>Names are no news for the journal: the same price, taken again where it was taken without its name.</summary>
    private void TakeRenamed(List<LivePrice> into)
    {
        var names = prices.Names;
        if (names == _names) return;
        foreach (var price in prices.Matching(filter))
        {
            // What has not been taken yet comes by the journal, and has its new name then.
            if (price.Renamed > _names && (price.Position <= Position || !IsNews(price))) into.Add(price);
        }

        _names = names;
    }

    private bool IsWanted(LivePrice price) => filter.Contains(price) && IsNews(price);

    /// <summary>False for what the snapshot has shown, or shown something newer than.</summary>
    private bool IsNews(LivePrice price) =>
        _ahead is null || !_ahead.TryGetValue((price.Place, price.Type), out var shown) || price.Position > shown;

    private void MoveTo(long position)
    {
        Position = position;
        if (position >= _aheadEnd) _ahead = null;
    }
}
