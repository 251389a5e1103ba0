using System.Globalization;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Tests.Fixtures;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Tests.Topology;

/// <summary>Partitions added while running. The embedded broker adds none to a topic, but topics with theirs.</summary>
public class TopicsAppearTests
{
    private const int Partitions = 6;
    private const int Added = 4;

    [Fact]
    public async Task TopicsAppear_OneAfterAnother_EachRecordIsDeliveredOnceAndOnlyPartitionsThatMustMoveDo()
    {
        string[] topics = [KafkaTestCluster.LaterTopic, KafkaTestCluster.LaterTopic + "2", KafkaTestCluster.LaterTopic + "3"];
        using var broker = KafkaTestCluster.NewBroker(Partitions);

        // A grain is named after the partition number alone, so topics share their consumers: it is complete where it is.
        await using var cluster = await KafkaTestCluster.StartAsync(silos: 2, broker: broker, sink: new Sink { OnBatch = (_, _) => Task.CompletedTask }, configure: options =>
        {
            options.MetadataRefresh = TimeSpan.FromMilliseconds(200);
            options.CompleteOnDelivery = true;
            foreach (var topic in topics) options.Topics.Add(new KafkaTopic { Name = topic });
        });
        await cluster.SharedAsync(Partitions / 2);
        var published = 0;

        async Task PublishAsync(string topic, int partitions)
        {
            for (var partition = 0; partition < partitions; partition++)
            {
                await cluster.Orleans.Client.GetStreamProvider(KafkaTestCluster.Provider)
                    .GetStream<string>(StreamId.Create(topic, partition.ToString(CultureInfo.InvariantCulture)))
                    .OnNextBatchAsync(Enumerable.Range(0, 50).Select(_ => $"k:{published++}"));
            }

            await Eventually.EqualAsync(published, () => cluster.Sink.Distinct, 60);
        }

        await PublishAsync(KafkaTestCluster.Topic, Partitions);
        await Eventually.EqualAsync(published, () => cluster.CommittedOffsets(Partitions).Sum());
        for (var index = 0; index < topics.Length; index++)
        {
            var before = Readings(cluster);
            broker.CreateTopic(topics[index], Added);
            await cluster.SharedAsync((Partitions + Added * (index + 1)) / 2);

            // One that has stayed with its silo is the same reading: it was not even closed for a moment.
            var after = Readings(cluster);
            var moved = before.Where(entry => after[entry.Key].Silo != entry.Value.Silo).Select(entry => entry.Key).ToList();
            Assert.Equal(before.Count - moved.Count, before.Count(entry => ReferenceEquals(after[entry.Key].Reading, entry.Value.Reading)));
            TestContext.Current.TestOutputHelper?.WriteLine($"{topics[index]}: {moved.Count} of {before.Count} moved");
            Assert.True(moved.Count <= before.Count / 2, $"{moved.Count} of {before.Count} partitions were handed over for {Added} more");

            await PublishAsync(topics[index], Added);
            await PublishAsync(KafkaTestCluster.Topic, Partitions);
            Assert.Equal(published, cluster.Sink.Records.Count());
        }

        Assert.Equal(2, cluster.Sink.Deliveries.Select(delivery => delivery.Batch.Position.Reader).Distinct().Count());
    }

    private static Dictionary<KafkaPartition, (int Silo, PartitionReading Reading)> Readings(KafkaTestCluster cluster) =>
        Enumerable.Range(0, cluster.Orleans.Silos.Count)
            .SelectMany(silo => cluster.Reader(silo).Readings.Select(reading => (silo, reading)))
            .ToDictionary(entry => entry.reading.Partition, entry => (entry.silo, entry.reading));
}
