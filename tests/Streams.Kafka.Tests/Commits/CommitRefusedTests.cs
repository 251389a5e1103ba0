using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Commits;

/// <summary>Kafka takes no commits for a while, or not until somebody helps.</summary>
public class CommitRefusedTests
{
    /// <summary>Kafka protocol: the OffsetCommit request, and its errors.</summary>
    private const short OffsetCommit = 8;
    private const int CoordinatorNotAvailable = 15;
    private const int InvalidCommitOffsetSize = 28;
    private const int GroupAuthorizationFailed = 30;

    private static IEnumerable<string> Texts(int count, int from = 0) => Enumerable.Range(from, count).Select(number => $"k{number % 97}:{number}");

    [Theory]
    [InlineData(GroupAuthorizationFailed)]
    [InlineData(InvalidCommitOffsetSize)]
    public async Task Commit_RefusedForGood_IsCountedAndReportedWhileDeliveryGoesOnAndMadeOnceItIsTaken(int error)
    {
        await using var cluster = await KafkaTestCluster.StartAsync();
        using var measured = new MeterSums();
        await cluster.PublishAsync(Texts(100));
        await Eventually.EqualAsync(100, cluster.Committed);
        Assert.Equal(0, measured.Sum(cluster, "kafka.commit_failures"));

        cluster.Broker.Refuse(OffsetCommit, [.. Enumerable.Repeat(error, 10_000)]);
        await cluster.PublishAsync(Texts(100, 100));
        await cluster.BecomesAsync(HealthStatus.Degraded);
        Assert.Contains("offsets cannot be committed", (await cluster.HealthAsync()).Description, StringComparison.Ordinal);
        var failures = measured.Sum(cluster, "kafka.commit_failures");
        Assert.True(failures > 0);

        // Neither the first failure nor any other keeps records from being delivered or commits from being tried.
        for (var part = 2; part < 12; part++)
        {
            await cluster.PublishAsync(Texts(100, part * 100));
            await Eventually.EqualAsync((part + 1) * 100, () => cluster.Sink.Records.Count());
        }

        await Eventually.TrueAsync(() => measured.Sum(cluster, "kafka.commit_failures") > failures, "commits are tried on");
        Assert.Equal(HealthStatus.Degraded, (await cluster.HealthAsync()).Status);
        Assert.Equal(100, cluster.Committed());
        Assert.Equal(100, BelievedCommitted(cluster));
        cluster.Broker.StopRefusing(OffsetCommit);

        await Eventually.EqualAsync(1_200, cluster.Committed);
        await cluster.BecomesAsync(HealthStatus.Healthy);
        Assert.Equal(1_200, cluster.Sink.Records.Count());
    }

    [Fact]
    public async Task Commit_CoordinatorAway_FullPartitionsDrainAndFillOnAndOthersFlow()
    {
        const int Buffered = 200;
        var gate = new TaskCompletionSource();
        var sink = new Sink();
        var complete = sink.OnBatch;
        sink.OnBatch = async (batch, context) =>
        {
            if (batch.Position.Partition == 0) await gate.Task;
            await complete(batch, context);
        };
        using var broker = KafkaTestCluster.NewBroker();
        broker.Refuse(OffsetCommit, [.. Enumerable.Repeat(CoordinatorNotAvailable, 100_000)]);
        await using var cluster = await KafkaTestCluster.StartAsync(broker: broker, sink: sink, configure: options =>
        {
            options.MaxBatchRecords = 20;
            options.MaxBufferedRecords = Buffered;
        });
        using var measured = new MeterSums();
        await cluster.SharedAsync(3);
        var slow = cluster.Reader().Readings.Single(reading => reading.Partition.Number == 0);

        for (var part = 0; part < 10; part++) await cluster.PublishAsync(Texts(1_200, part * 1_200));
        var ends = cluster.Ends();
        await Eventually.EqualAsync((int)(ends[1] + ends[2]), () => sink.Records.Count());
        await Eventually.TrueAsync(() => slow.IsHeld && measured.Gauge(cluster, "kafka.held", 0) == 1, "the slow partition is held back");
        gate.SetResult();

        // It has ten times of what it may buffer, so it is let go and held again many times meanwhile.
        Assert.True(ends[0] > 10 * Buffered, $"{ends[0]} records in the slow partition");
        await Eventually.EqualAsync(12_000, () => sink.Records.Count());
        await Eventually.TrueAsync(() => measured.Sum(cluster, "kafka.commit_failures") > 0, "a commit has failed", 60);
        Assert.Equal(0, cluster.Committed());
        Assert.Equal(0, BelievedCommitted(cluster));
        Assert.Equal(12_000, sink.Distinct);
        cluster.Broker.StopRefusing(OffsetCommit);

        await Eventually.EqualAsync(12_000, cluster.Committed, 60);
        await cluster.BecomesAsync(HealthStatus.Healthy);
    }

    /// <summary>What the silo takes for committed, which a refused commit must not change.</summary>
    private static long BelievedCommitted(KafkaTestCluster cluster) => cluster.Reader().Readings.Sum(reading => reading.Progress.Committed ?? 0);
}
