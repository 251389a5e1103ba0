using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Reading;

public class DeliveryTests
{
    private static IEnumerable<string> Texts(int count, int from = 0) => Enumerable.Range(from, count).Select(number => $"k{number % 97}:{number}");

    [Fact]
    public async Task Deliver_ManyRecords_EachOnceInOrderAndCommitted()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();

        await cluster.PublishAsync(Texts(20_000));
        await Eventually.EqualAsync(20_000, () => cluster.Sink.Records.Count());
        await Eventually.EqualAsync(20_000, cluster.Committed);

        Assert.Equal(20_000, cluster.Sink.Distinct);
        foreach (var key in cluster.Sink.Deliveries.OrderBy(delivery => delivery.Batch.Position.FirstOffset).SelectMany(delivery => delivery.Batch.Records).GroupBy(text => text.Split(':')[0]))
            Assert.Equal(key.Select(text => int.Parse(text.Split(':')[1])).Order(), key.Select(text => int.Parse(text.Split(':')[1])));
        Assert.True(cluster.Sink.Deliveries.Count < 2_000, $"{cluster.Sink.Deliveries.Count} batches for 20,000 records");
    }

    [Fact]
    public async Task Deliver_ConsumerThrowsForAWhile_AllArriveAndNothingIsSkipped()
    {
        var sink = new Sink();
        var complete = sink.OnBatch;
        var failures = 0;
        sink.OnBatch = (batch, context) => Interlocked.Increment(ref failures) <= 15 ? throw new TimeoutException("the store is away") : complete(batch, context);
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink);

        await cluster.PublishAsync(Texts(3_000));

        await Eventually.EqualAsync(3_000, () => sink.Distinct);
        await Eventually.EqualAsync(3_000, cluster.Committed);
        Assert.True(failures > 15);
    }

    [Fact]
    public async Task Deliver_ConsumerThrowsLongerThanDeliveryIsRetried_PartitionIsRewoundAndAllArrive()
    {
        var sink = new Sink();
        var complete = sink.OnBatch;
        var broken = true;
        var attempts = 0;
        sink.OnBatch = (batch, context) =>
        {
            Interlocked.Increment(ref attempts);
            return Volatile.Read(ref broken) && batch.Position.Partition == 1 ? throw new TimeoutException("the store is away") : complete(batch, context);
        };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink, configure: options => options.MaxDeliveryTime = TimeSpan.FromMilliseconds(200));

        for (var part = 0; part < 20; part++) await cluster.PublishAsync(Texts(100, part * 100));
        await Eventually.TrueAsync(() => Volatile.Read(ref attempts) > 20, "delivery is tried on after Orleans has given up");
        var elsewhere = sink.Records.Count();
        Assert.Equal(0, cluster.CommittedOffsets()[1]);
        Volatile.Write(ref broken, false);

        await Eventually.EqualAsync(2_000, () => sink.Distinct);
        await Eventually.EqualAsync(2_000, cluster.Committed);
        Assert.True(elsewhere > 500, $"other partitions were held up: {elsewhere}");
    }

    [Fact]
    public async Task Deliver_NobodySubscribes_IsAskedForSeldomReportedAndNotCommitted()
    {
        const string Unheard = "unheard";
        await using var cluster = await KafkaTestCluster.StartAsync(configure: options =>
        {
            options.MetadataRefresh = TimeSpan.FromMilliseconds(100);
            options.Topics.Add(new KafkaTopic { Name = Unheard });
        });
        cluster.Broker.CreateTopic(Unheard, 1);
        var asked = 0L;
        using var agents = new MeterListener();
        agents.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "orleans-streams-persistent-stream-messages-read") self.EnableMeasurementEvents(instrument);
        };
        agents.SetMeasurementEventCallback<int>((_, value, tags, _) => Count(value, tags));
        agents.SetMeasurementEventCallback<long>((_, value, tags, _) => Count(value, tags));
        void Count(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                if (tag.Value?.ToString()?.Contains(Unheard, StringComparison.Ordinal) == true) Interlocked.Add(ref asked, value);
            }
        }

        agents.Start();
        var waited = Stopwatch.StartNew();
        await cluster.Orleans.Client.GetStreamProvider(KafkaTestCluster.Provider).GetStream<string>(StreamId.Create(Unheard, "0")).OnNextAsync("a:1");
        await cluster.BecomesAsync(HealthStatus.Degraded);

        // Forty times at four a second, and the batch itself. A busy machine makes it slower, nothing makes it faster.
        Assert.Contains($"{Unheard}[0] has records and no consumer takes them", (await cluster.HealthAsync()).Description, StringComparison.Ordinal);
        Assert.InRange(Interlocked.Read(ref asked), 40, 45);
        Assert.True(waited.Elapsed > TimeSpan.FromSeconds(9), $"asked for forty times within {waited.Elapsed}");

        await cluster.PublishAsync(["a:1"]);
        await Eventually.EqualAsync(1, () => cluster.Sink.Records.Count());
        await Eventually.EqualAsync(1, cluster.Committed);
        Assert.Equal(0, cluster.CommittedOffsets(1, Unheard).Sum());
    }

    [Fact]
    public async Task Deliver_SlowConsumer_BuffersStayBoundedAndOthersGoOn()
    {
        var sink = new Sink();
        var complete = sink.OnBatch;
        var gate = new TaskCompletionSource();
        sink.OnBatch = async (batch, context) =>
        {
            if (batch.Position.Partition == 0) await gate.Task;
            await complete(batch, context);
        };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink, configure: options =>
        {
            options.MaxBatchRecords = 100;
            options.MaxBufferedRecords = 500;
        });
        var reader = cluster.Orleans.Silos[0].ServiceProvider.GetRequiredKeyedService<KafkaReader>(KafkaTestCluster.Provider);

        await cluster.PublishAsync(Texts(20_000));
        var sizes = cluster.Ends();
        var slow = 20_000;
        await Eventually.TrueAsync(
            () =>
            {
                var most = reader.Readings.Max(reading => reading.Buffer.Records);
                Assert.True(most <= 501, $"{most} records are buffered");
                var arrived = sink.Records.Count();
                slow = 20_000 - arrived;
                return arrived == sizes[1] + sizes[2] && reader.Readings.Single(reading => reading.Partition.Number == 0).Buffer.Records > 250;
            },
            "the other partitions' records arrive");
        gate.SetResult();

        await Eventually.EqualAsync(20_000, () => sink.Records.Count());
        Assert.True(slow > 1_000);
        Assert.Equal(20_000, sink.Distinct);
        await Eventually.EqualAsync(20_000, cluster.Committed);
    }

    [Fact]
    public async Task Deliver_BrokerAwayForAWhile_AllArriveOnce()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();
        await cluster.PublishAsync(Texts(1_000));
        await Eventually.EqualAsync(1_000, () => cluster.Sink.Distinct);

        cluster.Broker.SetReachable(false);
        var publishing = cluster.PublishAsync(Texts(1_000, 1_000));
        await cluster.BecomesAsync(HealthStatus.Unhealthy);
        Assert.False(publishing.IsCompleted);
        Assert.Equal(1_000, cluster.Sink.Distinct);
        cluster.Broker.SetReachable(true);

        await publishing;
        await Eventually.EqualAsync(2_000, () => cluster.Sink.Distinct);
        await Eventually.EqualAsync(2_000, cluster.Committed);
        Assert.Equal(2_000, cluster.Sink.Records.Count());
    }
}
