using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Tests.Fakes;

/// <summary>Connectors that do what a test says: PJM has one feed, the others are off.</summary>
internal sealed class MemoryConnectors : IZoneConnectors, IIngestionLog
{
    public ConcurrentDictionary<string, BackfillStatus> Backfills { get; } = new();

    public List<IngestionRecord> Records { get; } = [];

    public IngestionQuery? Asked { get; private set; }

    public FeedStatus Feed { get; set; } = new() { Feed = "pjm:rt_hrl_lmps" };

    public IZoneConnectorGrain Of(MarketZone zone) => new Connector(this, zone);

    public Task RecordAsync(IReadOnlyCollection<IngestionRecord> records, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<int> DeleteBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public async IAsyncEnumerable<IngestionRecord> ReadAsync(IngestionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Asked = query;
        await Task.CompletedTask;
        foreach (var record in Records) yield return record;
    }

    private sealed class Connector(MemoryConnectors all, MarketZone zone) : IZoneConnectorGrain
    {
        public Task StartAsync() => throw new NotSupportedException();

        public Task<ConnectorStatus> GetStatusAsync() =>
            Task.FromResult(new ConnectorStatus { Zone = zone, Feeds = zone == MarketZone.PJM ? [all.Feed] : [], Load = zone == MarketZone.PJM ? 83_100 : null });

        public Task<BackfillStatus> BackfillAsync(BackfillRequest request)
        {
            if (request.Feed != "rt_hrl_lmps") throw new BackfillRefusedException($"\"{request.Feed}\" is not a feed whose past can be read");
            var job = new BackfillStatus
            {
                Id = "b1", Feed = "pjm:" + request.Feed, From = request.From, To = request.To, DoneThrough = request.From, RequestedAt = request.To, State = BackfillState.Waiting,
            };
            return Task.FromResult(all.Backfills[job.Id] = job);
        }

        public Task<BackfillStatus[]> GetBackfillsAsync() => Task.FromResult(all.Backfills.Values.ToArray());

        public Task<BackfillStatus?> CancelBackfillAsync(string id) =>
            Task.FromResult(all.Backfills.TryGetValue(id, out var job) ? all.Backfills[id] = job with { State = BackfillState.Cancelled } : null);
    }
}
