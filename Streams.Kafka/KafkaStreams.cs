namespace OptiBid.Streams.Kafka;

/// <summary>
/// How streams and Kafka correspond: a stream's namespace is a topic, its key a partition number as text. Consumers
/// of such a stream receive <see cref="Reading.KafkaBatch{T}"/>.
/// </summary>
public static class KafkaStreams
{
    /// <summary>Key of the stream of a topic to publish on when the partition shall follow from each record's key (murmur2, as Java producers do).</summary>
    public const string ByKey = "by-key";
}
