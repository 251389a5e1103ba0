using OptiBid.Streams.Kafka.Topology;
using OptiBid.Streams.Kafka.Writing;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Hosting;

/// <summary>Orleans' view of the provider: where events are put, and what partitions are drawn from.</summary>
/// <param name="name">The provider's name.</param>
/// <param name="writer">Publishes.</param>
/// <param name="newReceiver">Makes a partition's receiver; null where nothing is read.</param>
internal sealed class KafkaAdapter<T>(string name, KafkaWriter<T> writer, Func<KafkaPartition, IQueueAdapterReceiver>? newReceiver) : IQueueAdapter
{
    public string Name => name;

    /// <summary>Consumers do not choose where to begin: the commit point says it.</summary>
    public bool IsRewindable => false;

    public StreamProviderDirection Direction => newReceiver is null ? StreamProviderDirection.WriteOnly : StreamProviderDirection.ReadWrite;

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => newReceiver is null
        ? throw new NotSupportedException($"Kafka stream provider '{name}' only publishes here.")
        : newReceiver(KafkaPartition.Of(queueId));

    public Task QueueMessageBatchAsync<TEvent>(StreamId streamId, IEnumerable<TEvent> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        if (events is not IEnumerable<T> items)
            throw new ArgumentException($"Kafka stream provider '{name}' publishes {typeof(T)}, not {typeof(TEvent)}.", nameof(events));
        return writer.WriteAsync(streamId, items);
    }
}
