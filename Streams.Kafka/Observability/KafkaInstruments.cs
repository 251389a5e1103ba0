namespace OptiBid.Streams.Kafka.Observability;

/// <summary>Names to subscribe to.</summary>
public static class KafkaInstruments
{
    /// <summary>The meter every provider's instruments belong to.</summary>
    public const string MeterName = "OptiBid.Streams.Kafka";

    /// <summary>
    /// The source of the provider's activities: <c>publish</c> for each batch published, <c>process</c> for each batch
    /// from its decoding until it is complete, linked to the activities its records were published in.
    /// </summary>
    public const string ActivitySourceName = "OptiBid.Streams.Kafka";
}
