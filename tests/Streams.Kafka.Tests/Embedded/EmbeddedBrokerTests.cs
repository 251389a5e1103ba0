using Confluent.Kafka;
using OptiBid.Streams.Kafka.Embedded;

namespace OptiBid.Streams.Kafka.Tests.Embedded;

public class EmbeddedBrokerTests
{
    [Fact]
    public void Start_Topics_HaveTheirPartitions()
    {
        using var broker = EmbeddedBroker.Start([("a", 2), ("b", 5)]);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.BootstrapServers }).Build();

        var topics = admin.GetMetadata(TimeSpan.FromSeconds(10)).Topics.ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count);

        Assert.Equal((2, 5), (topics["a"], topics["b"]));
    }

    [Fact]
    public void Start_Two_AreApart()
    {
        using var one = EmbeddedBroker.Start([("a", 1)]);
        using var other = EmbeddedBroker.Start([("a", 1)]);
        Assert.NotEqual(one.BootstrapServers, other.BootstrapServers);
    }

    [Fact]
    public void Dispose_Twice_IsFine()
    {
        var broker = EmbeddedBroker.Start([]);
        broker.Dispose();
        broker.Dispose();
        Assert.Throws<ObjectDisposedException>(() => broker.CreateTopic("a", 1));
    }
}
