using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>What of the table is wanted, and in which order.</summary>
internal sealed record LiveListing
{
    private const char Call = 'l';

    public required PriceFilter Filter { get; init; }

    public string? LocationType { get; init; }

    public double? MinPrice { get; init; }

    public double? MaxPrice { get; init; }

    public required LiveSort Sort { get; init; }

    public required int Limit { get; init; }

    /// <summary>A page of the table as it is now.</summary>
    /// <param name="prices">The table.</param>
    /// <param name="filters">Says the filters in words, for a cursor.</param>
    /// <param name="cursor">Where to go on; null for the first page.</param>
    public LivePage Page(LivePrices prices, Func<string> filters, string? cursor)
    {
        LiveKey? after = cursor is null ? null : Cursor.Read(cursor, Call, filters(), LiveKey.Read);
        var found = Sort.IsByLocation && Filter.Locations is null ? Walk(prices, after) : Select(prices, after);
        var items = found.Take(Limit).ToArray();
        return new LivePage(
            [.. items.Select(static found => found.Price.View)],
            found.Count > items.Length ? Cursor.Write(Call, filters(), items[^1].Key.Write) : null);
    }

    private bool Contains(LivePrice price) =>
        !(price.Update.Tick.Price < MinPrice) && !(price.Update.Tick.Price > MaxPrice)
        && (LocationType is null || price.View.LocationType == LocationType);

    /// <summary>By location, the default: along the ordered table, no further than the page.</summary>
    private List<(LiveKey Key, LivePrice Price)> Walk(LivePrices prices, LiveKey? after)
    {
        var places = prices.Ordered();
        var found = new List<(LiveKey, LivePrice)>();
        for (var i = after is { } start ? FirstAtOrAfter(places, start.Id) : 0; i < places.Length && found.Count <= Limit; i++)
        {
            if (!Filter.Zones.Contains(places[i].Id.Zone)) continue;
            foreach (var type in LiveLocation.Types)
            {
                if (!Filter.Contains(type) || places[i].Newest(type) is not { } price || !Contains(price)) continue;
                var key = Sort.KeyOf(price);
                if (after is null || Sort.Compare(after.Value, key) < 0) found.Add((key, price));
            }
        }

        return found;
    }

    /// <summary>By a value: the first of a page among all, kept in a heap no larger than the page.</summary>
    private List<(LiveKey Key, LivePrice Price)> Select(LivePrices prices, LiveKey? after)
    {
        var heap = new PriorityQueue<LivePrice, LiveKey>(Comparer<LiveKey>.Create((left, right) => Sort.Compare(right, left)));
        foreach (var price in prices.Matching(Filter))
        {
            if (!Contains(price)) continue;
            var key = Sort.KeyOf(price);
            if (after is { } start && Sort.Compare(start, key) >= 0) continue;
            if (heap.Count <= Limit) heap.Enqueue(price, key);
            else _ = heap.EnqueueDequeue(price, key);
        }

        var found = new List<(LiveKey, LivePrice)>(heap.Count);
        while (heap.TryDequeue(out var price, out var key)) found.Add((key, price));
        found.Reverse();
        return found;
    }

    private static int FirstAtOrAfter(LiveLocation[] places, LocationId id)
    {
        var index = Array.BinarySearch(places, new LiveLocation(id));
        return index >= 0 ? index : ~index;
    }
}
