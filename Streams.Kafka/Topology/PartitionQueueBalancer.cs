using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Topology;

/// <summary>
/// Gives this silo its share of the partitions, and tells the pulling agents as soon as cluster membership or the
/// partitions change.
/// </summary>
internal sealed partial class PartitionQueueBalancer : QueueBalancerBase
{
    private readonly KafkaTopology _topology;
    private readonly Lock _lock = new();
    private IReadOnlyCollection<SiloAddress> _silos = [];
    private HashSet<QueueId> _mine = [];

    public PartitionQueueBalancer(KafkaTopology topology, IServiceProvider services, ILogger logger)
        : base(services, logger) => _topology = topology;

    public override async Task Initialize(IStreamQueueMapper queueMapper)
    {
        _topology.Changed += Reassign;
        await base.Initialize(queueMapper);
    }

    public override async Task Shutdown()
    {
        _topology.Changed -= Reassign;
        await base.Shutdown();
    }

    public override IEnumerable<QueueId> GetMyQueues()
    {
        lock (_lock) return [.. _mine];
    }

    protected override void OnClusterMembershipChange(HashSet<SiloAddress> activeSilos)
    {
        lock (_lock) _silos = [.. activeSilos];
        Reassign();
    }

    private void Reassign()
    {
        int silos;
        HashSet<QueueId> mine;
        lock (_lock)
        {
            var owners = EvenAssignment.Of(_silos, _topology.Map.Queues);
            mine = [.. owners.Where(owner => owner.Value.Equals(SiloAddress)).Select(owner => owner.Key)];
            if (mine.SetEquals(_mine)) return;
            _mine = mine;
            silos = _silos.Count;
        }

        LogShare(Logger, mine.Count, _topology.Map.Queues.Length, silos);
        _ = Notify();
    }

    private async Task Notify()
    {
        try
        {
            await NotifyListeners();
        }
        catch (Exception error)
        {
            // Nobody awaits a notification; a listener that failed is told again at the next change.
            LogNotifyFailed(Logger, error);
        }
    }

    [LoggerMessage(LogLevel.Information, "This silo reads {Mine} of {All} Kafka partitions, shared among {Silos} silos")]
    private static partial void LogShare(ILogger logger, int mine, int all, int silos);

    [LoggerMessage(LogLevel.Error, "A change of the partitions read here could not be announced")]
    private static partial void LogNotifyFailed(ILogger logger, Exception error);
}
