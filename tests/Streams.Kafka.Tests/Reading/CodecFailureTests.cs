using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Reading;

public class CodecFailureTests
{
    [Fact]
    public async Task Decode_CodecFailsForAWhile_RecordsAreDeliveredAndNoneIsPoison()
    {
        TextCodec.Outage outage = new();
        await using var cluster = await KafkaTestCluster.StartAsync(outage: outage, configure: options => options.MaxDecodeTime = TimeSpan.FromMinutes(5));
        outage.Begin();

        await cluster.PublishAsync(Enumerable.Range(0, 100).Select(number => $"a:{number}"), "0");
        await Eventually.TrueAsync(() => outage.Failures >= 3, "decoding is tried again");
        Assert.Empty(cluster.Sink.Records);
        Assert.Equal(0, cluster.Committed());

        outage.End();
        await Eventually.EqualAsync(100, cluster.Committed);
        Assert.Equal(100, cluster.Sink.Distinct);
        Assert.Equal(0, cluster.Ends(KafkaTestCluster.DeadLetters));
    }

    [Fact]
    public async Task Decode_CodecFailsOnOnePartition_OthersGoOn()
    {
        TextCodec.Outage outage = new("bad");
        await using var cluster = await KafkaTestCluster.StartAsync(outage: outage, configure: options => options.MaxDecodeTime = TimeSpan.FromMinutes(5));
        outage.Begin();

        await cluster.PublishAsync(["bad:1"], "0");
        await Eventually.TrueAsync(() => outage.Failures >= 2, "decoding is tried again");
        await cluster.PublishAsync(Enumerable.Range(0, 100).Select(number => $"a:{number}"), "1");
        await Eventually.EqualAsync([0, 100, 0], () => cluster.CommittedOffsets());

        outage.End();
        await Eventually.EqualAsync(101, cluster.Committed);
    }
}
