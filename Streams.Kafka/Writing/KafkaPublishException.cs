namespace OptiBid.Streams.Kafka.Writing;

/// <summary>Records could not be published. Publishing all of them again is safe where consumers take a record twice.</summary>
[GenerateSerializer, Alias("kafka.KafkaPublishException")]
public sealed class KafkaPublishException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="topic">Topic they were for.</param>
    /// <param name="failed">How many failed.</param>
    /// <param name="total">Out of how many.</param>
    /// <param name="reason">What was wrong with the first.</param>
    public KafkaPublishException(string topic, int failed, int total, string reason)
        : base($"{failed} of {total} records could not be published to topic '{topic}': {reason}") =>
        (Topic, Failed, Total) = (topic, failed, total);

    /// <summary>Topic they were for.</summary>
    [Id(0)]
    public string Topic { get; }

    /// <summary>How many failed.</summary>
    [Id(1)]
    public int Failed { get; }

    /// <summary>Out of how many; the others are acknowledged.</summary>
    [Id(2)]
    public int Total { get; }
}
