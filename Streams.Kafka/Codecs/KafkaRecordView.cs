namespace OptiBid.Streams.Kafka.Codecs;

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

    /// <summary>Its headers.</summary>
    public KafkaHeaders Headers { get; init; }
}
