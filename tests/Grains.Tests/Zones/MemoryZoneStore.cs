using System.Runtime.CompilerServices;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Grains.Tests.Zones;

/// <summary>A history of ticks and the zones' tables in memory, which can be taken away and given back.</summary>
internal sealed class MemoryZoneStore : IZoneHours, IZoneMetrics, IDataQuality, IQualityEvents
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string?, string, PriceType, DateTimeOffset), PriceTick> _prices = [];
    private readonly Dictionary<(PriceType, DateTimeOffset), ZoneMetrics> _metrics = [];
    private readonly Dictionary<(string, PriceType?, DateTimeOffset), FeedQuality> _quality = [];
    private readonly List<QualityEvent> _events = [];

    public volatile bool Away;

    public int Counted;

    public IReadOnlyList<ZoneMetrics> Metrics => Locked(() => _metrics.Values.OrderBy(row => row.Hour).ToList());

    public IReadOnlyList<FeedQuality> Rows => Locked(() => _quality.Values.OrderBy(row => row.Hour).ToList());

    public IReadOnlyList<QualityEvent> Events => Locked(() => _events.ToList());

    public void Add(params PriceTick[] ticks) => Locked(() =>
    {
        foreach (var tick in ticks) _prices[(tick.Source, tick.Location, tick.PriceType, tick.Timestamp)] = tick;
        return 0;
    });

    public Task<IReadOnlyList<ZoneMetrics>> SummarizeAsync(MarketZone zone, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<ZoneMetrics>>(Locked(() => _prices.Values.Where(tick => tick.MarketZone == zone && tick.Timestamp >= from && tick.Timestamp < to)
            .GroupBy(tick => (tick.PriceType, Hour: new DateTimeOffset(tick.Timestamp.UtcTicks - tick.Timestamp.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero)))
            .Select(hour => new ZoneMetrics { Zone = zone, Type = hour.Key.PriceType, Hour = hour.Key.Hour, DataPoints = hour.Count(), AveragePrice = hour.Average(tick => tick.Price) }).ToList()));

    public Task<IReadOnlyList<SourceInterval>> CountSourcesAsync(MarketZone zone, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<SourceInterval>>(Locked(() =>
        {
            Counted++;
            return _prices.Values.Where(tick => tick.MarketZone == zone && tick.Timestamp >= from && tick.Timestamp < to)
                .GroupBy(tick => (tick.Source, tick.PriceType, tick.Timestamp)).Select(interval => new SourceInterval(interval.Key.Source, interval.Key.PriceType, interval.Key.Timestamp, interval.Count())).ToList();
        }));

    public Task SaveAsync(IReadOnlyCollection<ZoneMetrics> rows, CancellationToken cancellationToken = default) => Task.FromResult(Locked(() =>
    {
        foreach (var row in rows) _metrics[(row.Type, row.Hour)] = row with { Volatility = row.Volatility ?? _metrics.GetValueOrDefault((row.Type, row.Hour))?.Volatility };
        return 0;
    }));

    public Task SaveAsync(IReadOnlyCollection<FeedQuality> rows, CancellationToken cancellationToken = default) => Task.FromResult(Locked(() =>
    {
        foreach (var row in rows) _quality[(row.Feed, row.PriceType, row.Hour)] = row;
        return 0;
    }));

    public Task RecordAsync(IReadOnlyCollection<QualityEvent> events, CancellationToken cancellationToken = default) => Task.FromResult(Locked(() =>
    {
        _events.AddRange(events);
        return 0;
    }));

    public IAsyncEnumerable<ZoneMetrics> ReadAsync(MarketZone zone, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        Stream(() => _metrics.Values.Where(row => row.Zone == zone && row.Hour >= from && row.Hour < to).OrderBy(row => row.Hour).ToList(), cancellationToken);

    public IAsyncEnumerable<FeedQuality> ReadAsync(IReadOnlyCollection<MarketZone> zones, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        Stream(() => _quality.Values.Where(row => zones.Contains(row.Zone) && row.Hour >= from && row.Hour < to).OrderByDescending(row => row.Hour).ToList(), cancellationToken);

    public IAsyncEnumerable<QualityEvent> ReadAsync(QualityEventQuery query, CancellationToken cancellationToken = default) =>
        Stream(() => _events.Where(finding => query.Zones.Contains(finding.Zone) && finding.Kind == query.Kind).GroupBy(finding => finding.Id)
            .Select(finding => finding.Last()).ToList(), cancellationToken);

    public Task<int> DeleteBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private async IAsyncEnumerable<T> Stream<T>(Func<List<T>> rows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var row in Locked(rows)) yield return row;
    }

    private T Locked<T>(Func<T> act)
    {
        if (Away) throw new HistoryUnavailableException("The store is away.", new TimeoutException());
        lock (_gate) return act();
    }
}
