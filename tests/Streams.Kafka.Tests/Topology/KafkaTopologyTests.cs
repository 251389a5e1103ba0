using Microsoft.Extensions.DependencyInjection;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Topology;

public class KafkaTopologyTests
{
    [Fact]
    public async Task TopicsCannotBeCreated_ThoseThatAreThereAreReadAndTheOthersAskedForByName()
    {
        // The embedded broker does not answer the call to create topics, and makes them when they are asked for by name.
        await using var cluster = await KafkaTestCluster.StartAsync(configure: options =>
        {
            options.ManageTopics = true;
            options.Topics.Add(new KafkaTopic { Name = KafkaTestCluster.LaterTopic });
        });

        await cluster.PublishAsync(["a:1"]);
        await Eventually.EqualAsync(1, () => cluster.Sink.Records.Count());

        await Eventually.TrueAsync(() => cluster.Orleans.Silos[0].ServiceProvider
            .GetRequiredKeyedService<OptiBid.Streams.Kafka.Topology.KafkaTopology>(KafkaTestCluster.Provider)
            .Map.Count(KafkaTestCluster.LaterTopic) > 0, "the missing topic is made");
    }
}
