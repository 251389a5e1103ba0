using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.DeadLetters;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>One partition while this silo reads it, from take-over to hand-over.</summary>
internal sealed class PartitionReading
{
    private readonly TimeProvider _time;
    private long _endSeenAt = long.MinValue;
    private long _end = -1;

    public PartitionReading(KafkaPartition partition, KafkaStreamOptions options, SiloAddress reader, Func<long> nextEpoch, TimeProvider time)
    {
        _time = time;
        Partition = partition;
        Progress = new PartitionProgress(partition, reader, nextEpoch, time);
        Buffer = new PartitionBuffer(options.MaxBatchRecords, options.MaxBufferedRecords, options.MaxBufferedBytes, Progress.Epoch, Wake);
    }

    public KafkaPartition Partition { get; }

    public PartitionProgress Progress { get; }

    public PartitionBuffer Buffer { get; }

    /// <summary>The poison already on the dead-letter topic, so that a rewind does not put it there again.</summary>
    public WrittenLetters WrittenLetters { get; } = new();

    /// <summary>Set when the pulling agent has something to look at.</summary>
    public WakeSignal Wake { get; } = new();

    /// <summary>True while it is not fetched because its buffer is full.</summary>
    public bool IsHeld { get; set => Volatile.Write(ref field, value); }

    /// <summary>End of the partition's log as last seen, or null.</summary>
    public long? End => Volatile.Read(ref _end) is var end and >= 0 ? end : null;

    /// <summary>Notes where the log ends now.</summary>
    public void SeeEnd(long end)
    {
        Volatile.Write(ref _end, end);
        Volatile.Write(ref _endSeenAt, _time.GetTimestamp());
    }

    /// <summary>True when <see cref="End"/> is not known, or known from longer ago.</summary>
    public bool EndIsOlderThan(TimeSpan age) => Volatile.Read(ref _endSeenAt) is var at && (at == long.MinValue || _time.GetElapsedTime(at) > age);

    /// <summary>Starts another epoch at the commit point.</summary>
    /// <returns>False when <paramref name="epoch"/> is over already.</returns>
    public bool Rewind(long epoch)
    {
        if (!Progress.Rewind(epoch)) return false;
        DropEarlierEpochs();
        return true;
    }

    /// <summary>Drops what is buffered of epochs that are over.</summary>
    public void DropEarlierEpochs()
    {
        Buffer.StartEpoch(Progress.Epoch);
        Wake.Set();
    }
}
