using System.Collections.Concurrent;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>
/// Makes the caches. Orleans asks for a queue's cache and then for its receiver, which takes the cache from here:
/// the two halves of one partition.
/// </summary>
internal sealed class PartitionCaches(KafkaReader reader, bool completeOnDelivery) : IQueueAdapterCache
{
    private readonly ConcurrentDictionary<QueueId, PartitionCache> _waiting = new();

    public IQueueCache CreateQueueCache(QueueId queueId) => _waiting[queueId] = new PartitionCache(reader, completeOnDelivery);

    public PartitionCache Take(QueueId queueId) => _waiting.TryRemove(queueId, out var cache)
        ? cache
        : throw new InvalidOperationException($"No cache was created for queue {queueId}.");
}
