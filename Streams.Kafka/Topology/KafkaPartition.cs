using System.Globalization;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Topology;

/// <summary>One partition of one topic: one Orleans queue and one Orleans stream.</summary>
internal readonly record struct KafkaPartition(string Topic, int Number)
{
    public QueueId Queue => QueueId.GetQueueId(Topic, (uint)Number, Hash());

    public StreamId Stream => StreamId.Create(Topic, Number.ToString(CultureInfo.InvariantCulture));

    public static KafkaPartition Of(QueueId queue) => new(queue.GetStringNamePrefix(), (int)queue.GetNumericId());

    public override string ToString() => $"{Topic}[{Number}]";

    /// <summary>FNV-1a over the name and number, then mixed so that neighbours are far apart: the same on every machine.</summary>
    private uint Hash()
    {
        var hash = 2166136261u;
        foreach (var letter in Topic) hash = (hash ^ letter) * 16777619u;
        return Scatter.Mix((hash ^ (uint)Number) * 16777619u);
    }
}
