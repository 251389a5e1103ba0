using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.Embedded;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Tests.Fixtures;
using OptiBid.Streams.Kafka.Writing;

namespace OptiBid.Streams.Kafka.Tests.Writing;

public class KafkaPublisherTests
{
    private const string Told = "told";

    [Fact]
    public async Task Publish_TopicThatIsNotRead_HasTheRecordsInOrderAndDeliversNone()
    {
        using var broker = EmbeddedBroker.Start([(KafkaTestCluster.Topic, 3), (KafkaTestCluster.DeadLetters, 1), (Told, 1)]);
        await using var cluster = await KafkaTestCluster.StartAsync(broker: broker, configure: static options => options.Topics.Add(new KafkaTopic { Name = Told, Read = false }));
        var publisher = cluster.Orleans.Silos[0].ServiceProvider.GetRequiredKeyedService<IKafkaPublisher>(KafkaTestCluster.Provider);

        await publisher.PublishAsync(Told, ["one", "two"], "PJM");

        var told = cluster.ReadAll(Told, 2);
        Assert.Equal(["PJM=one", "PJM=two"], told.Select(static record => $"{Encoding.UTF8.GetString(record.Message.Key)}={Encoding.UTF8.GetString(record.Message.Value)}"));
        Assert.Empty(cluster.Sink.Records);
    }

    [Fact]
    public async Task Publish_TopicOfAnother_SaysWhichThereAre()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();
        var publisher = cluster.Orleans.Silos[0].ServiceProvider.GetRequiredKeyedService<IKafkaPublisher>(KafkaTestCluster.Provider);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => publisher.PublishAsync("typo", ["one"], "PJM"));

        Assert.Contains("'typo'", error.Message);
        Assert.Contains(KafkaTestCluster.Topic, error.Message);
    }
}

file static class Texts
{
    public static Task PublishAsync(this IKafkaPublisher publisher, string topic, string[] texts, string key) =>
        publisher.PublishAsync(topic, texts.Select(text => new KafkaRecord(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text))));
}
