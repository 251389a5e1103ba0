namespace OptiBid.Streams.Kafka.Codecs;

/// <summary>
/// Turns Kafka records into <typeparamref name="T"/> and back. One instance reads one partition, from one
/// thread at a time, so it may keep buffers and pools.
/// </summary>
/// <typeparam name="T">The record's type in the application.</typeparam>
public interface IKafkaCodec<T>
{
    /// <summary>Decodes a record.</summary>
    /// <exception cref="FormatException">The record is poison: it goes to the dead-letter topic with this message as the reason.</exception>
    /// <remarks>
    /// Any other exception counts as transient (a schema registry that is away): decoding is tried again with growing
    /// pauses for <see cref="Hosting.KafkaStreamOptions.MaxDecodeTime"/>, and only then is the record poison.
    /// </remarks>
    T Decode(in KafkaRecordView record);

    /// <summary>Encodes a record to be published.</summary>
    KafkaRecord Encode(T item);
}
