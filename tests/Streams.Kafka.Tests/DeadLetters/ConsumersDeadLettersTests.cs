using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Streams.Kafka.DeadLetters;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.DeadLetters;

public class ConsumersDeadLettersTests
{
    [Fact]
    public async Task Write_RecordAConsumerCannotUse_IsOnTheTopicWithItsBatch()
    {
        var sink = new Sink { OnBatch = (_, _) => Task.CompletedTask };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink);
        await cluster.PublishAsync(["a:1", "a:2", "a:3"], "1");
        await Eventually.EqualAsync(3, () => sink.Records.Count());
        var batch = sink.Deliveries.First().Batch;

        await cluster.Orleans.Silos[0].ServiceProvider.GetRequiredKeyedService<IKafkaDeadLetters<string>>(KafkaTestCluster.Provider)
            .WriteAsync(batch.Position, batch.Records[0], "no room for it", TestContext.Current.CancellationToken);

        var letter = Assert.Single(cluster.ReadAll(KafkaTestCluster.DeadLetters, 1));
        string Header(string name) => Encoding.UTF8.GetString(letter.Message.Headers.GetLastBytes(name));
        Assert.Equal(("a", "a:1"), (Encoding.UTF8.GetString(letter.Message.Key), Encoding.UTF8.GetString(letter.Message.Value)));
        Assert.Equal(("no room for it", KafkaTestCluster.Topic, "1"), (Header("dlq.reason"), Header("dlq.topic"), Header("dlq.partition")));
        Assert.Equal((batch.Position.FirstOffset, batch.Position.NextOffset), (long.Parse(Header("dlq.offset")), long.Parse(Header("dlq.next_offset"))));
    }
}
