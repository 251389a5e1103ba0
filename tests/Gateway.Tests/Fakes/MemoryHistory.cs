using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Tests.Fakes;

/// <summary>The ports of the history over plain lists, which can be taken away and given back.</summary>
internal sealed class MemoryHistory : IPriceHistory, ILocationDirectory, ILocationStateStore
{
    private readonly ConcurrentDictionary<PriceKey, PriceTick> _ticks = new();
    private readonly ConcurrentDictionary<LocationId, MarketLocation> _locations = new();

    public volatile bool IsAway;

    /// <summary>Breaks off a read after so many rows.</summary>
    public int? BreakAfter { get; set; }

    public List<PriceUpdate> Newest { get; } = [];

    public ConcurrentQueue<PriceQuery> Queries { get; } = new();

    public void Add(params IEnumerable<PriceTick> ticks)
    {
        foreach (var tick in ticks) _ticks[KeyOf(tick)] = tick;
    }

    public void Add(params IEnumerable<MarketLocation> locations)
    {
        foreach (var location in locations) _locations[location.Id] = location;
    }

    public Task WriteAsync(ReadOnlyMemory<PriceTick> ticks, CancellationToken cancellationToken = default)
    {
        Add(ticks.ToArray());
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<PriceTick> ReadAsync(PriceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Queries.Enqueue(query);
        CheckThere();
        var comparer = new KeyOrder(query.Descending);
        var found = _ticks.Values
            .Where(tick => tick.Timestamp >= query.Start && tick.Timestamp < query.End)
            .Where(tick => query.Zones.Count == 0 || query.Zones.Contains(tick.MarketZone))
            .Where(tick => query.Locations.Count == 0 || query.Locations.Contains(tick.Location))
            .Where(tick => query.PriceTypes.Count == 0 || query.PriceTypes.Contains(tick.PriceType))
            .Where(tick => !(tick.Price < query.MinPrice) && !(tick.Price > query.MaxPrice))
            .OrderBy(KeyOf, comparer)
            .Where(tick => query.After is not { } after || comparer.Compare(KeyOf(tick), after) > 0)
            .Take(query.Limit ?? int.MaxValue);
        var count = 0;
        foreach (var tick in found)
        {
            if (count++ == BreakAfter) throw new HistoryUnavailableException("gone", new IOException());
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return tick;
        }
    }

    public IAsyncEnumerable<PriceRevision> ReadRevisionsAsync(PriceQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<PriceBucket> ResampleAsync(ResampleQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<string> CheckAsync(CancellationToken cancellationToken = default)
    {
        CheckThere();
        return Task.FromResult("memory");
    }

    public Task SaveAsync(IReadOnlyCollection<MarketLocation> locations, CancellationToken cancellationToken = default)
    {
        Add(locations);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<MarketLocation> SearchAsync(LocationQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CheckThere();
        await Task.Yield();
        var found = _locations.Values
            .Where(location => query.Zone is null || location.Id.Zone == query.Zone)
            .Where(location => query.Type is null || location.Type == query.Type)
            .Where(location => query.Contains is not { } text
                || location.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
                || location.Id.Location.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(location => location.Id.Zone).ThenBy(location => location.Id.Location, StringComparer.Ordinal)
            .Where(location => query.After is not { } after || location.Id.Zone > after.Zone
                || location.Id.Zone == after.Zone && string.CompareOrdinal(location.Id.Location, after.Location) > 0)
            .Take(query.Limit ?? int.MaxValue);
        foreach (var location in found) yield return location;
    }

    public Task SaveAsync(IReadOnlyCollection<LocationState> states, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<IReadOnlyList<RestoredLocation>> RestoreAsync(
        IReadOnlyCollection<LocationId> locations, DateTimeOffset since, Predicate<LocationState> isReadable, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<RestoredLocation>>([]);

    public async IAsyncEnumerable<PriceUpdate> ReadNewestAsync(
        IReadOnlyCollection<MarketZone> zones, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CheckThere();
        await Task.Yield();
        foreach (var update in Newest.ToArray()) yield return update;
    }

    private void CheckThere()
    {
        if (IsAway) throw new HistoryUnavailableException("connection to db-host.internal as user optibid refused", new IOException());
    }

    private static PriceKey KeyOf(PriceTick tick) => new(tick.Timestamp, tick.MarketZone, tick.Location, tick.PriceType);

    private sealed class KeyOrder(bool descending) : IComparer<PriceKey>
    {
        public int Compare(PriceKey left, PriceKey right)
        {
            var order = descending ? right.Timestamp.CompareTo(left.Timestamp) : left.Timestamp.CompareTo(right.Timestamp);
            if (order == 0) order = left.Zone.CompareTo(right.Zone);
            if (order == 0) order = string.CompareOrdinal(left.Location, right.Location);
            return order != 0 ? order : left.PriceType.CompareTo(right.PriceType);
        }
    }
}
