using System.Globalization;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Topology;

/// <summary>Queues as Kafka has them now: one for each partition.</summary>
internal sealed class KafkaQueueMapper(Func<PartitionMap> map) : IConsistentRingStreamQueueMapper
{
    public IEnumerable<QueueId> GetAllQueues() => map().Queues;

    public IEnumerable<QueueId> GetQueuesForRange(IRingRange range) =>
        map().Queues.Where(queue => range.InRange(queue.GetUniformHashCode()));

    public QueueId GetQueueForStream(StreamId streamId)
    {
        var topic = streamId.GetNamespace();
        var key = streamId.GetKeyAsString();
        if (topic is null || !int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new ArgumentException($"Stream '{streamId}' is not a partition: expected the topic as its namespace and a partition number as its key.", nameof(streamId));
        }

        return new KafkaPartition(topic, number).Queue;
    }
}
