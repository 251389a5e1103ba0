namespace OptiBid.Streams.Kafka.Observability;

/// <summary>Names to subscribe to.</summary>
public static class KafkaInstruments
{
    /// <summary>The meter every provider's instruments belong to.</summary>
    public const string MeterName = "OptiBid.Streams.Kafka";
}
