using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Observability;

public class KafkaMetersTests
{
    [Fact]
    public async Task Instruments_RecordsPoisonAndCommits_AreMeasured()
    {
        using var meters = new MeterSums();
        await using var cluster = await KafkaTestCluster.StartAsync();

        await cluster.PublishAsync(["a:1", "poison:1", "a:2"], "0");
        await Eventually.EqualAsync(3, cluster.Committed);

        Assert.Equal(3, meters.Sum(cluster, "kafka.records.published"));
        Assert.Equal(2, meters.Sum(cluster, "kafka.records.read"));
        Assert.Equal(2, meters.Sum(cluster, "kafka.batch.records"));
        Assert.Equal(1, meters.Sum(cluster, "kafka.dead_letters"));
        await Eventually.TrueAsync(() => meters.Sum(cluster, "kafka.commits") >= 1, "commits are counted");
        Assert.True(meters.Sum(cluster, "kafka.commit.duration") > 0);
        var batches = cluster.Sink.Deliveries.Count;
        await Eventually.EqualAsync(batches, () => meters.Count(cluster, "kafka.delivery.duration"));
        Assert.Equal(batches, meters.Count(cluster, "kafka.completion.duration"));
        Assert.True(meters.Sum(cluster, "kafka.completion.duration") > 0);
        Assert.Equal(0, meters.Sum(cluster, "kafka.rewinds") + meters.Sum(cluster, "kafka.records.lost") + meters.Sum(cluster, "kafka.commit_failures"));
        await Eventually.EqualAsync(0.0, () => meters.Gauge(cluster, "kafka.lag"));
    }

    [Fact]
    public async Task Instruments_ConsumerHoldsAndGivesUp_AreMeasured()
    {
        var sink = new Sink { OnBatch = (_, _) => Task.CompletedTask };
        using var meters = new MeterSums();
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink);
        await cluster.PublishAsync(["a:1", "a:2"], "0");
        await Eventually.EqualAsync(2, () => sink.Records.Count());
        await Eventually.EqualAsync(2.0, () => meters.Gauge(cluster, "kafka.lag"));
        var held = sink.Deliveries.First().Batch.Position;

        Committer(cluster).Rewind(held, "the test gives up");
        await Eventually.EqualAsync(1.0, () => meters.Gauge(cluster, "kafka.failing"));
        Committer(cluster).Complete(held);

        Assert.Equal(1, meters.Sum(cluster, "kafka.rewinds"));
        Assert.Equal(1, meters.Sum(cluster, "kafka.late_completions"));
        Assert.Equal(0, meters.Count(cluster, "kafka.completion.duration"));
    }

    [Fact]
    public async Task Lag_PartitionHeldBack_GoesOnGrowing()
    {
        var gate = new TaskCompletionSource();
        var sink = new Sink();
        var complete = sink.OnBatch;
        sink.OnBatch = async (batch, context) =>
        {
            await gate.Task;
            await complete(batch, context);
        };
        using var meters = new MeterSums();
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink, configure: options =>
        {
            options.MaxBatchRecords = 10;
            options.MaxBufferedRecords = 20;
        });
        await cluster.PublishAsync(Enumerable.Range(0, 500).Select(number => $"a:{number}"), "0");
        await Eventually.EqualAsync(1.0, () => meters.Gauge(cluster, "kafka.held"));
        await Eventually.EqualAsync(500.0, () => meters.Gauge(cluster, "kafka.lag"));

        await cluster.PublishAsync(Enumerable.Range(500, 500).Select(number => $"a:{number}"), "0");
        await Eventually.EqualAsync(1_000.0, () => meters.Gauge(cluster, "kafka.lag"));

        gate.SetResult();
        await Eventually.EqualAsync(0.0, () => meters.Gauge(cluster, "kafka.lag"));
        Assert.Equal(0, meters.Gauge(cluster, "kafka.held"));
    }

    private static Kafka.Commits.IKafkaCommitter Committer(KafkaTestCluster cluster) =>
        Microsoft.Extensions.DependencyInjection.ServiceProviderKeyedServiceExtensions.GetRequiredKeyedService<Kafka.Commits.IKafkaCommitter>(cluster.Orleans.Silos[0].ServiceProvider, KafkaTestCluster.Provider);
}
