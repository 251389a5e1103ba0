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

    public ConnectorPause? Pause { get; private set; }

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
            Task.FromResult(new ConnectorStatus { Zone = zone, Pause = all.Pause, Feeds = zone == MarketZone.PJM ? [all.Feed] : [], Load = zone == MarketZone.PJM ? 83_100 : null });

        public Task<BackfillStatus[]> BackfillAsync(BackfillRequest request)
        {
            if (request.Feeds.FirstOrDefault(feed => feed != "rt_hrl_lmps" && feed != "da_hrl_lmps") is { } unknown) throw new BackfillRefusedException($"\"{unknown}\" is not a feed whose past can be read");
            foreach (var feed in request.Feeds)
            {
                all.Backfills["b1:" + feed] = new BackfillStatus
                {
                    Id = "b1:" + feed, Request = "b1", Feed = "pjm:" + feed, From = request.From, To = request.To, DoneThrough = request.From, RequestedAt = request.To, State = BackfillState.Waiting,
                };
            }

            return GetBackfillsAsync();
        }

        public Task<BackfillStatus[]> GetBackfillsAsync() => Task.FromResult(zone == MarketZone.PJM ? all.Backfills.Values.OrderBy(job => job.Id).ToArray() : []);

        public Task<BackfillStatus[]> CancelBackfillAsync(string request)
        {
            var jobs = all.Backfills.Values.Where(job => job.Request == request).ToArray();
            foreach (var job in jobs) all.Backfills[job.Id] = job with { State = BackfillState.Cancelled, EndedAt = job.RequestedAt };
            return Task.FromResult(all.Backfills.Values.Where(job => job.Request == request).ToArray());
        }

        public Task<ConnectorStatus> PauseAsync(string by)
        {
            all.Pause = new(DateTimeOffset.UnixEpoch, by);
            return GetStatusAsync();
        }

        public Task<ConnectorStatus> ResumeAsync()
        {
            all.Pause = null;
            return GetStatusAsync();
        }
    }
}
