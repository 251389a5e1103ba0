using System.Diagnostics;
using System.Text;
using OptiBid.Streams.Kafka.Tests.Fixtures;
using OptiBid.Streams.Kafka.Writing;

namespace OptiBid.Streams.Kafka.Tests.Writing;

public class KafkaWriterTests
{
    private const short Produce = 0;
    private const int InvalidRecord = 87;

    [Fact]
    public async Task Write_NumberedStream_GoesToThatPartition()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();
        await cluster.Stream("2").OnNextAsync("a:1");
        await Eventually.EqualAsync(1, () => cluster.Sink.Records.Count());
        Assert.Equal(2, cluster.Sink.Deliveries.Single().Batch.Position.Partition);
    }

    [Fact]
    public async Task Write_ByKey_PartitionIsMurmur2AsInJava()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();
        string[] keys = ["51288", "HB_NORTH", "TH_NP15_GEN-APND", "a", "LZ_HOUSTON:LZEW"];
        await cluster.PublishAsync(keys.Select(key => key.Split(':')[0] + ":x"));
        await Eventually.EqualAsync(keys.Length, () => cluster.Sink.Records.Count());

        foreach (var delivery in cluster.Sink.Deliveries)
        {
            foreach (var text in delivery.Batch.Records)
                Assert.Equal(JavaPartition(text.Split(':')[0], 3), delivery.Batch.Position.Partition);
        }
    }

    [Fact]
    public async Task Write_BrokerRefuses_CallerIsTold()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();
        cluster.Broker.Refuse(Produce, [.. Enumerable.Repeat(InvalidRecord, 100)]);

        var error = await Assert.ThrowsAsync<KafkaPublishException>(() => cluster.PublishAsync(["a:1", "a:2", "a:3"]));

        Assert.Equal((KafkaTestCluster.Topic, 3, 3), (error.Topic, error.Failed, error.Total));
        Assert.Contains("3 of 3", error.Message);
        cluster.Broker.StopRefusing(Produce);
        await cluster.PublishAsync(["a:4"]);
        await Eventually.TrueAsync(() => cluster.Sink.Records.Contains("a:4"), "publishing works again");
    }

    [Fact]
    public async Task Write_BrokerAway_FailsAfterPublishTimeout()
    {
        await using var cluster = await KafkaTestCluster.StartAsync(configure: options => options.PublishTimeout = TimeSpan.FromSeconds(2));
        await cluster.PublishAsync(["a:1"]);
        cluster.Broker.SetReachable(false);

        var error = await Assert.ThrowsAsync<KafkaPublishException>(() => cluster.PublishAsync(["a:2"]));

        Assert.Equal(1, error.Failed);
        cluster.Broker.SetReachable(true);
    }

    [Fact]
    public async Task Write_CodecThrows_CallerGetsItAndOthersArePublished()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();
        await Assert.ThrowsAsync<FormatException>(() => cluster.PublishAsync(["a:1", "unencodable"]));
        await Eventually.EqualAsync(1, () => cluster.Sink.Records.Count());
    }

    [Fact]
    public async Task Write_UnknownTopicPartitionOrType_SaysWhatIsWrong()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();
        var provider = cluster.Orleans.Client.GetStreamProvider(KafkaTestCluster.Provider);

        Assert.Contains("'9'", (await Assert.ThrowsAsync<ArgumentException>(() => cluster.PublishAsync(["a:1"], "9"))).Message);
        Assert.Contains("'typo'", (await Assert.ThrowsAsync<ArgumentException>(() => provider.GetStream<string>(StreamId.Create("typo", "0")).OnNextAsync("a:1"))).Message);
        Assert.Contains("Int32", (await Assert.ThrowsAsync<ArgumentException>(() => provider.GetStream<int>(StreamId.Create(KafkaTestCluster.Topic, "0")).OnNextAsync(1))).Message);
    }

    [Fact]
    public async Task Write_WithinAnActivity_CarriesTraceContext()
    {
        await using var cluster = await KafkaTestCluster.StartAsync(sink: new Sink { OnBatch = (_, _) => Task.CompletedTask });
        using var activity = new Activity("publish").SetIdFormat(ActivityIdFormat.W3C).Start();

        await cluster.PublishAsync(["a:1"], "0");

        var record = Assert.Single(cluster.ReadAll(KafkaTestCluster.Topic, 1));
        Assert.StartsWith($"00-{activity.TraceId}-", Encoding.ASCII.GetString(record.Message.Headers.GetLastBytes("traceparent")));
    }

    /// <summary>The default partitioner of Java's client: murmur2 of the key, sign bit cleared, modulo the partitions.</summary>
    private static int JavaPartition(string key, int partitions)
    {
        const uint m = 0x5bd1e995;
        var data = Encoding.UTF8.GetBytes(key);
        var hash = 0x9747b28c ^ (uint)data.Length;
        var whole = data.Length / 4 * 4;
        for (var index = 0; index < whole; index += 4)
        {
            var k = BitConverter.ToUInt32(data, index) * m;
            hash = (hash * m) ^ ((k ^ (k >> 24)) * m);
        }

        for (var index = data.Length - 1; index >= whole; index--) hash ^= (uint)data[index] << (8 * (index - whole));
        if (data.Length > whole) hash *= m;
        hash = (hash ^ (hash >> 13)) * m;
        hash ^= hash >> 15;
        return (int)(hash & 0x7fffffff) % partitions;
    }
}
