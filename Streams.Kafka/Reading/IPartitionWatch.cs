using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>What a partition's cache tells the reader.</summary>
internal interface IPartitionWatch
{
    /// <summary>Read the partition again from its commit point; nothing happens when the epoch is over already.</summary>
    void Rewind(in KafkaPartition partition, long epoch, string reason);

    /// <summary>The partition has moved on.</summary>
    void ReportProgress(in KafkaPartition partition);

    /// <summary>The partition's batches go to more than one consumer, which the commit protocol cannot serve.</summary>
    void ReportSecondConsumer(in KafkaPartition partition);
}
