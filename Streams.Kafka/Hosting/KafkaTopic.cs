namespace OptiBid.Streams.Kafka.Hosting;

/// <summary>A topic the provider works with.</summary>
public sealed class KafkaTopic
{
    /// <summary>Its name; the namespace of its streams.</summary>
    public string Name { get; set; } = "";

    /// <summary>How many partitions it is created with when it is missing. A topic that is there keeps its own number.</summary>
    public int Partitions { get; set; } = 3;

    /// <summary>
    /// Replicas it is created with when it is missing; -1 leaves it to the brokers, which they know how to do
    /// from Kafka 2.4 on.
    /// </summary>
    public short ReplicationFactor { get; set; } = -1;

    /// <summary>True to deliver its records to grains; false to publish to it only.</summary>
    public bool Read { get; set; } = true;
}
