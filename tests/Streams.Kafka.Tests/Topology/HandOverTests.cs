using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Topology;

public class HandOverTests
{
    private static IEnumerable<string> Texts(int count, int from = 0) => Enumerable.Range(from, count).Select(number => $"k{number % 997}:{number}");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SiloGone_ItsPartitionsMoveAndNothingIsLost(bool kill)
    {
        using var broker = KafkaTestCluster.NewBroker(partitions: 6);
        await using var cluster = await KafkaTestCluster.StartAsync(silos: 2, broker: broker);
        await WaitForShareAsync(cluster, 3);
        await cluster.PublishAsync(Texts(5_000));
        await Eventually.EqualAsync(5_000, () => cluster.Sink.Distinct);
        Assert.Equal(2, cluster.Sink.Deliveries.Select(delivery => delivery.Batch.Position.Reader).Distinct().Count());

        var victim = cluster.Orleans.Silos[1];
        var publishing = Task.Run(async () =>
        {
            for (var part = 1; part <= 20; part++) await cluster.PublishAsync(Texts(500, 4_500 + part * 500));
        }, TestContext.Current.CancellationToken);
        if (kill) await cluster.Orleans.KillSiloAsync(victim, TestContext.Current.CancellationToken);
        else await cluster.Orleans.StopSiloAsync(victim, TestContext.Current.CancellationToken);
        await publishing;

        await Eventually.EqualAsync(15_000, () => cluster.Sink.Distinct, 60);
        await Eventually.EqualAsync(15_000, () => cluster.CommittedOffsets(6).Sum(), 60);
    }

    [Fact]
    public async Task SiloJoins_TakesItsShareTheOthersStayAndEachRecordIsDeliveredWhereItIsRead()
    {
        const int Partitions = 6;
        using var broker = KafkaTestCluster.NewBroker(Partitions);
        await using var cluster = await KafkaTestCluster.StartAsync(broker: broker);
        await WaitForShareAsync(cluster, Partitions);
        await cluster.PublishAsync(Texts(5_000));
        await Eventually.EqualAsync(5_000, () => cluster.Sink.Records.Count());
        var before = cluster.Reader().Readings.ToDictionary(reading => reading.Partition);

        await cluster.Orleans.StartAdditionalSiloAsync();
        await WaitForShareAsync(cluster, 3);
        var stayed = cluster.Reader(0).Readings.ToList();
        var moved = cluster.Reader(1).Readings.Select(reading => reading.Partition).ToHashSet();
        Assert.All(stayed, reading => Assert.Same(before[reading.Partition], reading));
        Assert.Equal(before.Keys.ToHashSet(), stayed.Select(reading => reading.Partition).Concat(moved).ToHashSet());
        await cluster.PublishAsync(Texts(5_000, 5_000));

        await Eventually.EqualAsync(10_000, () => cluster.Sink.Distinct);
        await Eventually.EqualAsync(10_000, () => cluster.CommittedOffsets(Partitions).Sum());
        var newcomer = cluster.Orleans.Silos[1].SiloAddress;
        foreach (var delivery in cluster.Sink.Deliveries.Where(delivery => delivery.Batch.Records.Any(text => int.Parse(text.Split(':')[1]) >= 5_000)))
            Assert.Equal(moved.Any(partition => partition.Number == delivery.Batch.Position.Partition), delivery.Batch.Position.Reader.Equals(newcomer));

        // All that was complete had been committed when the partitions were handed over, so nothing came twice.
        Assert.Equal(10_000, cluster.Sink.Records.Count());
    }

    /// <summary>
    /// What a consumer does that must be beside its reader: when the partition has moved it moves there too, and
    /// throws, so that the same batch is delivered to it again where it then is.
    /// </summary>
    [Fact]
    public async Task PartitionMoves_ConsumerMigratesToReaderAndThrows_SameBatchIsDeliveredThere()
    {
        var sink = new Sink();
        var complete = sink.OnBatch;
        var thrown = new ConcurrentQueue<(int Partition, long Epoch, long First)>();
        sink.OnBatch = (batch, context) =>
        {
            if (!batch.Position.Reader.Equals(context.Silo)) thrown.Enqueue((batch.Position.Partition, batch.Position.Epoch, batch.Position.FirstOffset));
            return complete(batch, context);
        };
        using var broker = KafkaTestCluster.NewBroker(partitions: 6);
        await using var cluster = await KafkaTestCluster.StartAsync(broker: broker, sink: sink);
        await WaitForShareAsync(cluster, 6);
        await cluster.PublishAsync(Texts(5_000));
        await Eventually.EqualAsync(5_000, () => sink.Distinct);

        await cluster.Orleans.StartAdditionalSiloAsync();
        await WaitForShareAsync(cluster, 3);
        for (var part = 1; part <= 10; part++) await cluster.PublishAsync(Texts(500, 4_500 + part * 500));

        await Eventually.EqualAsync(10_000, () => sink.Distinct);
        await Eventually.EqualAsync(10_000, () => cluster.CommittedOffsets(6).Sum());
        TestContext.Current.TestOutputHelper?.WriteLine($"thrown {thrown.Count} times for {thrown.Select(entry => entry.Partition).Distinct().Count()} partitions");
        Assert.NotEmpty(thrown);
        Assert.All(sink.Deliveries, delivery => Assert.Equal(delivery.Batch.Position.Reader, delivery.Silo));
    }

    [Fact]
    public async Task PartitionsAppear_AreReadWithoutARestart()
    {
        await using var cluster = await KafkaTestCluster.StartAsync(silos: 2, configure: options =>
        {
            options.MetadataRefresh = TimeSpan.FromMilliseconds(200);
            options.Topics.Add(new KafkaTopic { Name = KafkaTestCluster.LaterTopic });
        });
        await cluster.PublishAsync(["a:1"]);
        await Eventually.EqualAsync(1, () => cluster.Sink.Records.Count());

        // The embedded broker adds no partitions to a topic, but a topic with its partitions.
        cluster.Broker.CreateTopic(KafkaTestCluster.LaterTopic, 4);
        await cluster.Orleans.Client.GetStreamProvider(KafkaTestCluster.Provider)
            .GetStream<string>(StreamId.Create(KafkaTestCluster.LaterTopic, "3")).OnNextAsync("a:2");

        await Eventually.TrueAsync(() => cluster.Sink.Records.Contains("a:2"), "the added partitions are read");
    }

    private static Task WaitForShareAsync(KafkaTestCluster cluster, int share) => Eventually.TrueAsync(
        () => cluster.Orleans.Silos.All(silo => silo.ServiceProvider.GetRequiredKeyedService<KafkaReader>(KafkaTestCluster.Provider).Readings.Count() == share),
        $"each silo reads {share} partitions");
}
