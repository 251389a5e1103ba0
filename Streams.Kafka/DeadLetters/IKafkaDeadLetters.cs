using OptiBid.Streams.Kafka.Reading;

namespace OptiBid.Streams.Kafka.DeadLetters;

/// <summary>
/// How a consumer puts a record that it can do nothing with on the dead-letter topic, before it completes the batch.
/// Resolved from the services, keyed by the provider's name.
/// </summary>
/// <typeparam name="T">What records are to the application.</typeparam>
public interface IKafkaDeadLetters<in T>
{
    /// <summary>
    /// Writes a dead letter: the record as the codec encodes it, and where and why. Returns when it is acknowledged,
    /// however long that takes.
    /// </summary>
    /// <param name="batch">The batch it was in; the letter names its first offset and the one after its last.</param>
    /// <param name="record">The record.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the letter may be on the topic or not.</exception>
    Task WriteAsync(KafkaBatchPosition batch, T record, string reason, CancellationToken cancellationToken);
}
