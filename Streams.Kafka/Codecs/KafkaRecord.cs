namespace OptiBid.Streams.Kafka.Codecs;

/// <summary>A record to be published.</summary>
/// <param name="Key">Its key; null for none.</param>
/// <param name="Value">Its value; null for a tombstone.</param>
public readonly record struct KafkaRecord(byte[]? Key, byte[]? Value)
{
    /// <summary>Its headers, beside the trace context that the provider adds; null for none.</summary>
    public IReadOnlyCollection<KeyValuePair<string, byte[]>>? Headers { get; init; }

    /// <summary>Its timestamp; null for the time it is published.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}
