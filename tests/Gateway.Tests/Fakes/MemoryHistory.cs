using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Tests.Fakes;

/// <summary>The ports of the history over plain lists, which can be taken away and given back.</summary>
internal sealed class MemoryHistory : IPriceHistory, ILocationDirectory, ILocationStateStore
{
    private readonly ConcurrentDictionary<PriceKey, PriceTick[]> _ticks = new();
    private readonly ConcurrentDictionary<LocationId, MarketLocation> _locations = new();

    public volatile bool IsAway;

    /// <summary>Breaks off a read after so many rows.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>Prices one resampling may read.</summary>
    public int MostPricesRead { get; set; } = int.MaxValue;

    /// <summary>Stands in for what was added, and may have no end.</summary>
    public Func<PriceQuery, IEnumerable<PriceTick>>? Source { get; set; }

    /// <summary>What every read waits for once it has begun; it sees what was there before.</summary>
    public Func<CancellationToken, Task>? Pause { get; set; }

    public List<PriceUpdate> Newest { get; } = [];

    public ConcurrentQueue<PriceQuery> Queries { get; } = new();

    public ConcurrentQueue<ResampleQuery> Resamples { get; } = new();

    /// <summary>Reads that have begun and not ended.</summary>
    public int OpenReads;

    /// <summary>Adds prices; another price of the same interval is a revision of it.</summary>
    public void Add(params IEnumerable<PriceTick> ticks)
    {
        foreach (var tick in ticks)
            _ticks.AddOrUpdate(KeyOf(tick), [tick], (_, known) => [.. known.Append(tick).OrderBy(value => value.PublishedAt).DistinctBy(value => value.Revision)]);
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

    public IAsyncEnumerable<PriceTick> ReadAsync(PriceQuery query, CancellationToken cancellationToken = default)
    {
        Queries.Enqueue(query);
        CheckThere();
        return RowsAsync(Source?.Invoke(query) ?? Page(Standing(query), KeyOf, query), cancellationToken);
    }

    public IAsyncEnumerable<PriceRevision> ReadRevisionsAsync(PriceQuery query, CancellationToken cancellationToken = default)
    {
        Queries.Enqueue(query);
        CheckThere();
        var found = Published(query)
            .SelectMany(static values => values.Select((tick, i) =>
                new PriceRevision(tick, tick.PublishedAt.AddSeconds(2), i + 1 < values.Length ? values[i + 1].PublishedAt : null)))
            .Where(revision => IsWanted(revision.Tick, query));
        return RowsAsync(Page(found, static revision => KeyOf(revision.Tick) with { Revision = revision.Tick.Revision }, query), cancellationToken);
    }

    public IAsyncEnumerable<PriceBucket> ResampleAsync(ResampleQuery query, CancellationToken cancellationToken = default)
    {
        Resamples.Enqueue(query);
        CheckThere();
        var ticks = Standing(query.Prices).ToArray();
        if (ticks.Length > MostPricesRead) throw new HistoryTooMuchException(ticks.Length, MostPricesRead);
        return RowsAsync(Page(NaiveBuckets.Of(ticks, query), static bucket => new PriceKey(bucket.Start, bucket.Zone, bucket.Location, bucket.PriceType), query.Prices), cancellationToken);
    }

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

    private IEnumerable<PriceTick[]> Published(PriceQuery query) => _ticks.Values
        .Select(values => values.Where(tick => query.AsOf is not { } instant || tick.PublishedAt <= instant).ToArray())
        .Where(static values => values.Length > 0);

    private IEnumerable<PriceTick> Standing(PriceQuery query) =>
        Published(query).Select(static values => values[^1]).Where(tick => IsWanted(tick, query));

    private static bool IsWanted(PriceTick tick, PriceQuery query) =>
        tick.Timestamp >= query.Start && tick.Timestamp < query.End
        && (query.Zones.Count == 0 || query.Zones.Contains(tick.MarketZone))
        && (query.Locations.Count == 0 || query.Locations.Contains(tick.Location))
        && (query.PriceTypes.Count == 0 || query.PriceTypes.Contains(tick.PriceType))
        && !(tick.Price < query.MinPrice) && !(tick.Price > query.MaxPrice);

    private static IEnumerable<T> Page<T>(IEnumerable<T> rows, Func<T, PriceKey> keyOf, PriceQuery query)
    {
        var comparer = new KeyOrder(query.Descending);
        return rows.OrderBy(keyOf, comparer)
            .Where(row => query.After is not { } after || comparer.Compare(keyOf(row), after) > 0)
            .Take(query.Limit ?? int.MaxValue);
    }

    private async IAsyncEnumerable<T> RowsAsync<T>(IEnumerable<T> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref OpenReads);
        try
        {
            var count = 0;
            if (Pause is { } pause)
            {
                rows = [.. rows];
                await pause(cancellationToken);
            }

            foreach (var row in rows)
            {
                if (count++ == BreakAfter) throw new HistoryUnavailableException("gone", new IOException());
                if (count % 100 == 1) await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                yield return row;
            }
        }
        finally
        {
            Interlocked.Decrement(ref OpenReads);
        }
    }

    private static PriceKey KeyOf(PriceTick tick) => new(tick.Timestamp, tick.MarketZone, tick.Location, tick.PriceType);

    private sealed class KeyOrder(bool descending) : IComparer<PriceKey>
    {
        public int Compare(PriceKey left, PriceKey right)
        {
            var order = descending ? right.Timestamp.CompareTo(left.Timestamp) : left.Timestamp.CompareTo(right.Timestamp);
            if (order == 0) order = left.Zone.CompareTo(right.Zone);
            if (order == 0) order = string.CompareOrdinal(left.Location, right.Location);
            if (order == 0) order = left.PriceType.CompareTo(right.PriceType);
            return order != 0 ? order : left.Revision.CompareTo(right.Revision);
        }
    }
}
