using System.Collections.Frozen;
using System.Collections.Immutable;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Topology;

/// <summary>How many partitions each topic has, as last seen.</summary>
internal sealed class PartitionMap
{
    public static readonly PartitionMap Empty = new(new Dictionary<string, int>(), []);

    private readonly FrozenDictionary<string, int> _counts;

    /// <param name="counts">Partitions of every known topic.</param>
    /// <param name="read">The topics among them that are delivered to grains.</param>
    public PartitionMap(IReadOnlyDictionary<string, int> counts, IReadOnlyCollection<string> read)
    {
        _counts = counts.ToFrozenDictionary();
        Queues =
        [
            .. read.Where(counts.ContainsKey)
                .SelectMany(topic => Enumerable.Range(0, counts[topic]).Select(number => new KafkaPartition(topic, number).Queue))
                .Order(),
        ];
    }

    /// <summary>A queue for each partition that is read, in order.</summary>
    public ImmutableArray<QueueId> Queues { get; }

    /// <summary>The partitions of a topic, or null when it is not known.</summary>
    public int? Count(string topic) => _counts.TryGetValue(topic, out var count) ? count : null;

    public bool SameAs(PartitionMap other) =>
        _counts.Count == other._counts.Count && _counts.All(topic => other.Count(topic.Key) == topic.Value);
}
