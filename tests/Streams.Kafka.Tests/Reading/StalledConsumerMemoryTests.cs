using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Reading;

/// <summary>Memory is the whole process's, so nothing else runs beside these.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class AloneCollection
{
    public const string Name = "alone";
}

[Collection(AloneCollection.Name)]
public class StalledConsumerMemoryTests
{
    private const int Partitions = 3;
    private const int ValueBytes = 200;
    private const int Wave = 6_000;
    private const int MaxBufferedBytes = 512 * 1024;

    /// <summary>What the broker keeps of a partition: waves below it lose nothing.</summary>
    private const int KeptBytes = 5 * 1024 * 1024;
    private const int WavesKept = 8;
    private const int WavesInAll = 33;

    [Fact]
    public async Task Deliver_ConsumersStalledUnderLoad_MemoryStaysFlatAndWhatTheBrokerDropsIsReported()
    {
        var gate = new TaskCompletionSource();
        var delivered = new long[Partitions];
        var sink = new Sink();
        sink.OnBatch = async (batch, context) =>
        {
            await gate.Task;
            Interlocked.Add(ref delivered[batch.Position.Partition], batch.Records.Length);
            context.Committer.Complete(batch.Position);

            // The sink keeps what it is given, and that is not what is measured.
            batch.Records.AsSpan().Clear();
        };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink, configure: options =>
        {
            options.MaxBatchRecords = 500;
            options.MaxBufferedBytes = MaxBufferedBytes;
        });
        using var measured = new MeterSums();
        using var producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = cluster.Broker.BootstrapServers, LingerMs = 5 }).Build();
        Assert.True(WavesKept * Wave / Partitions * (ValueBytes + 100) < KeptBytes);

        // Full buffers are what it starts from, so that all that is seen is what load adds to them.
        await PublishAsync(producer, 2 * Wave);
        await Eventually.TrueAsync(() => measured.Gauge(cluster, "kafka.held") == Partitions, "all partitions are held back");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        for (var wave = 2; wave < WavesInAll; wave++)
        {
            await PublishAsync(producer, Wave);
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            Assert.Equal(Partitions, measured.Gauge(cluster, "kafka.held"));
            if (wave == WavesKept) Assert.Equal(0, Beginnings(cluster).Sum());
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{most / 1024} KiB more at most, after {WavesInAll * Wave * ValueBytes / 1024} KiB");
        Assert.True(most < Partitions * MaxBufferedBytes, $"{most} bytes more than before");
        Assert.Equal(0, measured.Sum(cluster, "kafka.records.lost"));

        // The broker has dropped what was not read in time, which nobody could have read: it is counted to the record.
        var beginnings = Beginnings(cluster);
        var ends = cluster.Ends();
        Assert.All(beginnings, beginning => Assert.True(beginning > 0));
        Assert.Equal(WavesInAll * Wave, ends.Sum());
        gate.SetResult();

        await Eventually.EqualAsync(ends.Sum(), cluster.Committed, 60);
        Assert.Equal(ends.Sum(), delivered.Sum() + (long)measured.Sum(cluster, "kafka.records.lost"));
        Assert.All(Enumerable.Range(0, Partitions), partition => Assert.True(measured.Of(cluster, "kafka.records.lost", partition) > 0));
        await cluster.BecomesAsync(HealthStatus.Degraded);
        Assert.Contains("records to retention", (await cluster.HealthAsync()).Description, StringComparison.Ordinal);
    }

    /// <summary>Publishes and waits until all is acknowledged, spread evenly.</summary>
    private static async Task PublishAsync(IProducer<Null, byte[]> producer, int records)
    {
        var value = Encoding.ASCII.GetBytes(new string('x', ValueBytes));
        var failed = 0;
        for (var number = 0; number < records; number++)
        {
            producer.Produce(new TopicPartition(KafkaTestCluster.Topic, number % Partitions), new Message<Null, byte[]> { Value = value }, report =>
            {
                if (report.Error.IsError) Interlocked.Increment(ref failed);
            });
        }

        await Task.Run(() => producer.Flush(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Equal(0, failed);
    }

    private static long[] Beginnings(KafkaTestCluster cluster)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = cluster.Broker.BootstrapServers, GroupId = "observer" }).Build();
        return [.. Enumerable.Range(0, Partitions).Select(number => consumer.QueryWatermarkOffsets(new TopicPartition(KafkaTestCluster.Topic, number), TimeSpan.FromSeconds(20)).Low.Value)];
    }
}
