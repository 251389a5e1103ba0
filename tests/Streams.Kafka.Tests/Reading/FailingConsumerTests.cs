using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Reading;

public class FailingConsumerTests
{
    private const int Rounds = 25;

    [Fact]
    public async Task Deliver_ConsumerOfOnePartitionKeepsFailing_IsReportedHoldsUpNobodyAndSkipsNothing()
    {
        var sink = new Sink();
        var complete = sink.OnBatch;
        var attempts = 0;
        var broken = true;
        var hangs = new TaskCompletionSource();
        var hanging = new TaskCompletionSource();
        sink.OnBatch = async (batch, context) =>
        {
            if (batch.Position.Partition == 1 && Volatile.Read(ref broken))
            {
                if (Interlocked.Increment(ref attempts) == 1)
                {
                    hanging.SetResult();
                    await hangs.Task;
                }

                throw new TimeoutException("the store is away");
            }

            await complete(batch, context);
        };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink, configure: options => options.MaxDeliveryTime = TimeSpan.FromMilliseconds(100));
        using var measured = new MeterSums();
        var published = new long[3];

        // A round is over when the other partitions have all they were sent, to the commit.
        async Task PublishRoundAsync()
        {
            for (var partition = 0; partition < 3; partition++)
            {
                await cluster.PublishAsync([$"k{partition}:{published[partition]++}"], partition.ToString(CultureInfo.InvariantCulture));
            }

            await Eventually.EqualAsync((published[0], 0L, published[2]), () => cluster.CommittedOffsets() is var committed ? (committed[0], committed[1], committed[2]) : default);
        }

        // While the failing consumer has a batch and does not come back, every round goes through.
        await PublishRoundAsync();
        await hanging.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        for (var round = 0; round < Rounds; round++) await PublishRoundAsync();
        Assert.Equal(1, Volatile.Read(ref attempts));
        hangs.SetResult();

        // And so while it fails, is rewound and waits ever longer.
        await cluster.BecomesAsync(HealthStatus.Degraded);
        Assert.Contains($"{KafkaTestCluster.Topic}[1] is held at offset 0: its consumer failed", (await cluster.HealthAsync()).Description, StringComparison.Ordinal);
        Assert.Equal((0, 1, 0), (measured.Gauge(cluster, "kafka.failing", 0), measured.Gauge(cluster, "kafka.failing", 1), measured.Gauge(cluster, "kafka.failing", 2)));
        Assert.True(measured.Of(cluster, "kafka.rewinds", 1) >= 3);
        for (var round = 0; round < Rounds; round++) await PublishRoundAsync();
        Assert.Equal((0, 0), (measured.Of(cluster, "kafka.rewinds", 0), measured.Of(cluster, "kafka.rewinds", 2)));
        Assert.Equal(2 * published[0], sink.Records.Count());
        Assert.Equal(HealthStatus.Degraded, (await cluster.HealthAsync()).Status);

        Volatile.Write(ref broken, false);
        await Eventually.EqualAsync(published.Sum(), cluster.Committed, 60);
        Assert.Equal(published.Sum(), sink.Records.Count());
        Assert.Equal(published.Sum(), sink.Distinct);
        await cluster.BecomesAsync(HealthStatus.Healthy);
        Assert.Equal(0, measured.Gauge(cluster, "kafka.failing", 1));
    }
}
