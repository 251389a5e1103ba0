namespace OptiBid.Streams.Kafka.Topology;

/// <summary>
/// How many partitions each topic has, from looks at a cluster that may not know all of it at the moment: a broker
/// that has just started, or whose partitions have no leaders, shows a topic smaller or not at all. Partitions are
/// only ever added in Kafka, so a smaller number is believed only when a topic was away for several looks in a row,
/// as one that was deleted is. Otherwise every such moment would hand all its partitions over.
/// </summary>
internal sealed class TopicCounts
{
    private const int LooksToBelieve = 4;
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, int> _away = [];

    /// <summary>Takes a look into account.</summary>
    /// <param name="seen">What the cluster showed.</param>
    /// <param name="topics">The topics that matter.</param>
    /// <returns>The topics that are there, with their partitions.</returns>
    public IReadOnlyDictionary<string, int> After(IReadOnlyDictionary<string, int> seen, IEnumerable<string> topics)
    {
        foreach (var topic in topics)
        {
            var isNew = !_counts.TryGetValue(topic, out var before);
            if (seen.TryGetValue(topic, out var count))
            {
                _away.Remove(topic);
                _counts[topic] = isNew ? count : Math.Max(before, count);
            }
            else if (!isNew && (_away[topic] = _away.GetValueOrDefault(topic) + 1) >= LooksToBelieve)
            {
                _counts.Remove(topic);
                _away.Remove(topic);
            }
        }

        return new Dictionary<string, int>(_counts);
    }
}
