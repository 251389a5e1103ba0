using Confluent.Kafka;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Commits;

/// <summary>
/// The group's committed offsets and the ends of the logs, by a client of its own. Not by the reading one: a
/// commit that waits for the group's coordinator keeps a client from fetching any partition assigned meanwhile,
/// and an offset it could not look up is never asked for again. All calls block; one thread makes them.
/// </summary>
internal sealed class GroupOffsets(KafkaStreamOptions options, Action<string> onError) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceWithEnds = TimeSpan.FromSeconds(2);

    private IConsumer<Ignore, Ignore>? _client;

    private IConsumer<Ignore, Ignore> Client => _client ??= new ConsumerBuilder<Ignore, Ignore>(ClientSettings.Offsets(options))
        .SetErrorHandler((_, error) => onError(error.ToString()))
        .SetLogHandler((_, message) => { })
        .Build();

    /// <summary>What is stored for each partition; null where nothing is.</summary>
    /// <exception cref="KafkaException">The cluster does not say.</exception>
    public Dictionary<KafkaPartition, long?> Committed(IEnumerable<KafkaPartition> partitions) =>
        Client.Committed(partitions.Select(Of), Patience).ToDictionary(
            stored => new KafkaPartition(stored.Topic, stored.Partition.Value),
            stored => stored.Offset.IsSpecial ? (long?)null : stored.Offset.Value);

    /// <summary>Stores offsets; returns when the cluster has answered.</summary>
    /// <exception cref="KafkaException">Some or all were refused.</exception>
    public void Commit(IEnumerable<(KafkaPartition Partition, long Offset)> offsets) =>
        Client.Commit(offsets.Select(entry => new TopicPartitionOffset(Of(entry.Partition), entry.Offset)));

    /// <summary>The first offset of a partition's log, and the one after its last.</summary>
    /// <exception cref="KafkaException">The partition's leader does not say.</exception>
    public (long Low, long High) Ends(KafkaPartition partition)
    {
        var ends = Client.QueryWatermarkOffsets(Of(partition), PatienceWithEnds);
        return (ends.Low.Value, ends.High.Value);
    }

    // Not Close(): no group was joined.
    public void Dispose() => _client?.Dispose();

    private static TopicPartition Of(KafkaPartition partition) => new(partition.Topic, partition.Number);
}
