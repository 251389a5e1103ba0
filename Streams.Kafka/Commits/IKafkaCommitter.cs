using OptiBid.Streams.Kafka.Reading;

namespace OptiBid.Streams.Kafka.Commits;

/// <summary>
/// How a consumer tells its silo's reader what became of a batch. Silo-local and thread-safe; resolved from
/// the services, keyed by the provider's name.
/// </summary>
public interface IKafkaCommitter
{
    /// <summary>Everything made of the batch is durable: its offsets may be committed once those before them may.</summary>
    void Complete(in KafkaBatchPosition position);

    /// <summary>
    /// The consumer has given up what it held of the batch's partition: all that is not complete is read again
    /// from the commit point, in a new epoch.
    /// </summary>
    void Rewind(in KafkaBatchPosition position, string reason);
}
