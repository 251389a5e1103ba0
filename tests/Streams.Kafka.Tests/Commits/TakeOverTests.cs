using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.Streams.Kafka.Embedded;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Commits;

/// <summary>From where a partition is read, and what is done when that is not there.</summary>
public class TakeOverTests
{
    /// <summary>Kafka protocol: requests of the group's offsets and of its coordinator, and errors of theirs.</summary>
    private const short OffsetFetch = 9;
    private const int CoordinatorLoading = 14;
    private const int NotCoordinator = 16;
    private const int GroupAuthorizationFailed = 30;

    private static IEnumerable<string> Texts(int count, int from = 0) => Enumerable.Range(from, count).Select(number => $"k{number % 97}:{number}");

    [Theory]
    [InlineData(CoordinatorLoading)]
    [InlineData(NotCoordinator)]
    [InlineData(GroupAuthorizationFailed)]
    public async Task Open_OffsetsCannotBeLookedUpForAWhile_PartitionsAreReadOnceTheyCan(int error)
    {
        using var broker = KafkaTestCluster.NewBroker();
        await using (var first = await KafkaTestCluster.StartAsync(broker: broker))
        {
            await first.PublishAsync(Texts(300));
            await Eventually.EqualAsync(300, first.Committed);
        }

        broker.Refuse(OffsetFetch, [.. Enumerable.Repeat(error, 1_000)]);
        await using var second = await KafkaTestCluster.StartAsync(broker: broker);
        await second.PublishAsync(Texts(300, 300));
        var readings = Reader(second).Readings;
        await Eventually.EqualAsync(3, () => readings.Count(), seconds: 90);
        Assert.All(readings, reading => Assert.Null(reading.Progress.Start));
        Assert.Empty(second.Sink.Records);

        broker.StopRefusing(OffsetFetch);
        await Eventually.EqualAsync(300, () => second.Sink.Distinct);
        Assert.Equal(300, second.Sink.Records.Count());
        await Eventually.EqualAsync(600, second.Committed);
    }

    [Fact]
    public async Task Commit_AnotherSiloHasCommittedFurther_ItsOffsetStays()
    {
        await using var cluster = await KafkaTestCluster.StartAsync(sink: new Sink { OnBatch = (_, _) => Task.CompletedTask });
        await cluster.PublishAsync(Texts(100), "0");
        await cluster.PublishAsync(Texts(100), "1");
        await Eventually.EqualAsync(200, () => cluster.Sink.Records.Count());
        Commit(cluster.Broker, 0, 77);

        var committer = cluster.Orleans.Silos[0].ServiceProvider.GetRequiredKeyedService<Kafka.Commits.IKafkaCommitter>(KafkaTestCluster.Provider);
        var first = cluster.Sink.Deliveries.First(delivery => delivery.Batch.Position is { Partition: 0, FirstOffset: 0 }).Batch.Position;
        Assert.True(first.NextOffset <= 100);
        if (first.NextOffset < 77) committer.Complete(first);
        foreach (var delivery in cluster.Sink.Deliveries.Where(delivery => delivery.Batch.Position.Partition == 1)) committer.Complete(delivery.Batch.Position);
        await Eventually.EqualAsync(100, () => cluster.CommittedOffsets()[1]);
        Assert.Equal(77, cluster.CommittedOffsets()[0]);

        foreach (var delivery in cluster.Sink.Deliveries.Where(delivery => delivery.Batch.Position.Partition == 0)) committer.Complete(delivery.Batch.Position);
        await Eventually.EqualAsync(100, () => cluster.CommittedOffsets()[0]);
    }

    [Fact]
    public async Task Open_StoredOffsetIsBeyondTheLog_LogIsReadFromItsBeginningAndItsOffsetsAreCommitted()
    {
        using var broker = KafkaTestCluster.NewBroker();
        Commit(broker, 1, 5_000);
        await using var cluster = await KafkaTestCluster.StartAsync(broker: broker);

        await cluster.PublishAsync(Texts(100), "1");

        await Eventually.EqualAsync(100, () => cluster.Sink.Records.Count());
        await Eventually.EqualAsync(100, () => cluster.CommittedOffsets()[1]);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(cluster)).Status);
    }

    [Fact]
    public async Task Open_RecordsBehindTheStoredOffsetAreDeleted_LossIsCountedAndReported()
    {
        using var broker = KafkaTestCluster.NewBroker();
        await using (var first = await KafkaTestCluster.StartAsync(broker: broker))
        {
            await first.PublishAsync(Texts(10), "0");
            await Eventually.EqualAsync(10, first.Committed);
        }

        // The embedded broker keeps 5 MiB of a partition.
        var (low, high) = FillBeyondRetention(broker);
        Assert.InRange(low, 11, high - 1);

        using var meters = new MeterSums();
        await using var second = await KafkaTestCluster.StartAsync(broker: broker);
        await Eventually.EqualAsync(high, () => second.CommittedOffsets()[0]);

        Assert.Equal(high - low, second.Sink.Records.Count());
        Assert.Equal(low - 10, meters.Sum(second, "kafka.records.lost"));
        var health = await HealthAsync(second);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("records[0] lost up to", health.Entries.Single().Value.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renewal_NothingMoves_CommitPointsAreCommittedAgain()
    {
        await using var cluster = await KafkaTestCluster.StartAsync(configure: options => options.CommitRenewal = TimeSpan.FromMilliseconds(100));
        await cluster.PublishAsync(Texts(50), "0");
        await Eventually.EqualAsync(50, cluster.Committed);

        // As if Kafka had forgotten it.
        Commit(cluster.Broker, 0, 3);

        await Eventually.EqualAsync(50, cluster.Committed);
    }

    private static KafkaReader Reader(KafkaTestCluster cluster) =>
        cluster.Orleans.Silos[0].ServiceProvider.GetRequiredKeyedService<KafkaReader>(KafkaTestCluster.Provider);

    private static Task<HealthReport> HealthAsync(KafkaTestCluster cluster) =>
        cluster.Orleans.Silos[0].ServiceProvider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

    private static void Commit(EmbeddedBroker broker, int partition, long offset)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = broker.BootstrapServers, GroupId = KafkaTestCluster.Group }).Build();
        consumer.Commit([new TopicPartitionOffset(KafkaTestCluster.Topic, partition, offset)]);
    }

    private static (long Low, long High) FillBeyondRetention(EmbeddedBroker broker)
    {
        using (var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = broker.BootstrapServers, LingerMs = 5 }).Build())
        {
            var text = "k:" + new string('x', 1_000);
            for (var record = 0; record < 12_000; record++) producer.Produce(new TopicPartition(KafkaTestCluster.Topic, 0), new Message<Null, string> { Value = text });
            producer.Flush(TestContext.Current.CancellationToken);
        }

        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = broker.BootstrapServers, GroupId = "observer" }).Build();
        var ends = consumer.QueryWatermarkOffsets(new TopicPartition(KafkaTestCluster.Topic, 0), TimeSpan.FromSeconds(20));
        return (ends.Low.Value, ends.High.Value);
    }
}
