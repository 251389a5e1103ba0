using OptiBid.Streams.Kafka.Codecs;

namespace OptiBid.Streams.Kafka.Writing;

/// <summary>
/// Puts records of any kind on the provider's topics, for what is told to the world and not read back as a stream.
/// Resolved from the services, keyed by the provider's name.
/// </summary>
public interface IKafkaPublisher
{
    /// <summary>Returns when all in-sync replicas have every record; records of one key keep their order.</summary>
    /// <param name="topic">One of the provider's topics.</param>
    /// <param name="records">The records.</param>
    /// <exception cref="ArgumentException">The topic is not the provider's.</exception>
    /// <exception cref="KafkaPublishException">Some or all were not acknowledged in time, or refused.</exception>
    Task PublishAsync(string topic, IEnumerable<KafkaRecord> records);
}
