namespace OptiBid.Grains.Interfaces;

/// <summary>
/// Names shared by those who publish prices and those who read them. A stream's namespace is a Kafka topic
/// (<see cref="MarketZones.Topic"/>) and its key a partition number, or <see cref="ByKey"/> to publish.
/// </summary>
public static class StreamNames
{
    /// <summary>The Orleans stream provider that carries prices over Kafka.</summary>
    public const string Provider = "kafka";

    /// <summary>Key of the stream to publish on when the partition shall follow from each record's key.</summary>
    public const string ByKey = "by-key";

    /// <summary>Topic for records that cannot be read, original bytes and headers kept.</summary>
    public const string DeadLetterTopic = "market_data.dead_letter";

    /// <summary>Topic that tells the world what is the matter with the data: findings about its quality.</summary>
    public const string AlertsTopic = "alerts.market_data";
}
