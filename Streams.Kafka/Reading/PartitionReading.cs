using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>One partition while this silo reads it, from take-over to hand-over.</summary>
internal sealed class PartitionReading
{
    public PartitionReading(KafkaPartition partition, KafkaStreamOptions options, SiloAddress reader, Func<long> nextEpoch, TimeProvider time)
    {
        Partition = partition;
        Progress = new PartitionProgress(partition, reader, nextEpoch, time);
        Buffer = new PartitionBuffer(options.MaxBatchRecords, options.MaxBufferedRecords, options.MaxBufferedBytes, Progress.Epoch, Wake);
    }

    public KafkaPartition Partition { get; }

    public PartitionProgress Progress { get; }

    public PartitionBuffer Buffer { get; }

    /// <summary>Set when the pulling agent has something to look at.</summary>
    public WakeSignal Wake { get; } = new();

    /// <summary>End of the partition's log as last seen, or null.</summary>
    public long? HighWatermark { get; set; }

    /// <summary>Starts another epoch at the commit point.</summary>
    /// <returns>False when <paramref name="epoch"/> is over already.</returns>
    public bool Rewind(long epoch)
    {
        if (!Progress.Rewind(epoch)) return false;
        Buffer.StartEpoch(Progress.Epoch);
        Wake.Set();
        return true;
    }
}
