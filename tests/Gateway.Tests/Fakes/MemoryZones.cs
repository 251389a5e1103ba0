using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OptiBid.Gateway.Zones;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Tests.Fakes;

/// <summary>Zones, their quality and findings over lists; the cluster and the history may each be away, or hang.</summary>
internal sealed class MemoryZones : IZones, IDataQuality, IQualityEvents
{
    public ConcurrentDictionary<MarketZone, ConnectorStatus> Connectors { get; } = new();

    public ConcurrentDictionary<MarketZone, ZoneQuality> Present { get; } = new();

    public List<FeedQuality> Past { get; } = [];

    public List<QualityEvent> Findings { get; } = [];

    public volatile bool ClusterIsAway;
    public volatile bool HistoryIsAway;
    public volatile bool HistoryHangs;

    public Task<ZoneQuality?> GetQualityAsync(MarketZone zone) =>
        Task.FromResult(ClusterIsAway ? null : Present.GetValueOrDefault(zone, new ZoneQuality([], IsFromHistory: true, AsOf: null)));

    public Task<ConnectorStatus?> GetConnectorAsync(MarketZone zone) =>
        Task.FromResult(ClusterIsAway ? null : Connectors.GetValueOrDefault(zone, new ConnectorStatus { Zone = zone, Feeds = [] }));

    public Task SaveAsync(IReadOnlyCollection<FeedQuality> rows, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public async IAsyncEnumerable<FeedQuality> ReadAsync(
        IReadOnlyCollection<MarketZone> zones, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Check();
        if (HistoryHangs) await Task.Delay(Timeout.Infinite, cancellationToken);
        foreach (var row in Past.Where(row => zones.Contains(row.Zone) && row.Hour >= from && row.Hour < to)) yield return row;
    }

    public Task RecordAsync(IReadOnlyCollection<QualityEvent> events, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public async IAsyncEnumerable<QualityEvent> ReadAsync(QualityEventQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Check();
        await Task.CompletedTask;
        var found = Findings.Where(finding => query.Zones.Contains(finding.Zone) && (query.Kind is null || finding.Kind == query.Kind))
            .Where(finding => !(finding.ObservedAt < query.From) && !(finding.ObservedAt >= query.Before))
            .OrderByDescending(finding => finding.ObservedAt).ThenByDescending(finding => finding.Id, StringComparer.Ordinal)
            .Where(finding => query.After is not { } after || finding.ObservedAt < after.ObservedAt || finding.ObservedAt == after.ObservedAt && string.CompareOrdinal(finding.Id, after.Id) < 0);
        foreach (var finding in found.Take(query.Limit)) yield return finding;
    }

    public Task<int> DeleteBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private void Check()
    {
        if (HistoryIsAway) throw new HistoryUnavailableException("connection to db-host.internal as user optibid refused", new IOException());
    }
}
