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
    T Decode(in KafkaRecordView record);

    /// <summary>Encodes a record to be published.</summary>
    /// <returns>Key (null for none) and value.</returns>
    (byte[]? Key, byte[] Value) Encode(T item);
}

/// <summary>A record as read, valid only during the call it is passed to.</summary>
public readonly ref struct KafkaRecordView
{
    /// <summary>Topic it was read from.</summary>
    public required string Topic { get; init; }

    /// <summary>Partition it was read from.</summary>
    public required int Partition { get; init; }

    /// <summary>Its offset there.</summary>
    public required long Offset { get; init; }

    /// <summary>Its timestamp (the producer's or the broker's, as the topic is set), UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Key bytes; empty with <see cref="HasKey"/> false for a null key.</summary>
    public required ReadOnlySpan<byte> Key { get; init; }

    /// <summary>False for a null key.</summary>
    public required bool HasKey { get; init; }

    /// <summary>Value bytes; empty with <see cref="HasValue"/> false for a tombstone.</summary>
    public required ReadOnlySpan<byte> Value { get; init; }

    /// <summary>False for a tombstone.</summary>
    public required bool HasValue { get; init; }
}
