using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.DeadLetters;

public class DeadLetterWriterTests
{
    /// <summary>Kafka protocol: the Produce request, and an error no producer tries again after.</summary>
    private const short Produce = 0;
    private const int InvalidRecord = 87;
    private const int MessageTooLarge = 10;

    [Fact]
    public async Task Write_PoisonInTheMiddle_OnlyItGoesToTheDeadLetterTopicWithAllItCameWith()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();

        await cluster.PublishAsync(Enumerable.Range(0, 50).Select(number => $"a:{number}"), "2");
        await cluster.PublishRawAsync(2, "the key", "poison!", new Headers { { "trace", [1, 2, 3] } });
        await cluster.PublishRawAsync(2, "k", "bug!");
        await cluster.PublishAsync(Enumerable.Range(50, 50).Select(number => $"a:{number}"), "2");

        await Eventually.EqualAsync(100, () => cluster.Sink.Records.Count());
        await Eventually.EqualAsync(102, cluster.Committed);
        var letters = cluster.ReadAll(KafkaTestCluster.DeadLetters, 2);
        Assert.Equal(2, letters.Count);
        Assert.Equal("the key", Encoding.UTF8.GetString(letters[0].Message.Key));
        Assert.Equal("poison!", Encoding.UTF8.GetString(letters[0].Message.Value));
        Assert.Equal([1, 2, 3], letters[0].Message.Headers.GetLastBytes("trace"));
        Assert.Equal("text: it is poison", Header(letters[0], "dlq.reason"));
        Assert.Equal(KafkaTestCluster.Topic, Header(letters[0], "dlq.topic"));
        Assert.Equal("2", Header(letters[0], "dlq.partition"));
        Assert.Equal("50", Header(letters[0], "dlq.offset"));
        Assert.Equal("InvalidOperationException: a bug", Header(letters[1], "dlq.reason"));
        Assert.InRange(letters[0].Message.Timestamp.UtcDateTime, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Write_NullKeyAndTombstone_AreTheCodecsDecision()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();

        await cluster.PublishRawAsync(0, null, "text");
        await cluster.PublishRawAsync(0, "gone", null);

        await Eventually.EqualAsync(2, cluster.Committed);
        Assert.Equal(["no key:text"], cluster.Sink.Records);
        var letter = Assert.Single(cluster.ReadAll(KafkaTestCluster.DeadLetters, 1));
        Assert.Null(letter.Message.Value);
        Assert.Equal("gone", Encoding.UTF8.GetString(letter.Message.Key));
    }

    [Fact]
    public async Task Write_DeadLetterTopicRefuses_PartitionWaitsAndOthersGoOn()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();
        await cluster.PublishRawAsync(1, "k", "before");
        await Eventually.EqualAsync(1, cluster.Committed);

        // The record itself takes the first answer; the dead letter all of the others.
        await cluster.PublishAsync(Enumerable.Range(0, 500).Select(number => $"free:{number}"), "0");
        cluster.Broker.Refuse(Produce, [0, .. Enumerable.Repeat(InvalidRecord, 1_000)]);
        await cluster.PublishRawAsync(1, "k", "poison");
        await Eventually.TrueAsync(() => HealthOf(cluster) == HealthStatus.Degraded, "the letter that cannot be written is reported");
        Assert.Equal([500, 1], [cluster.Ends()[0], cluster.CommittedOffsets()[1]]);

        // What lies in other partitions is delivered and committed meanwhile.
        await Eventually.EqualAsync(500, () => cluster.CommittedOffsets()[0]);
        Assert.Equal(1, cluster.CommittedOffsets()[1]);

        cluster.Broker.StopRefusing(Produce);
        await Eventually.EqualAsync(2, () => cluster.CommittedOffsets()[1]);
        await Eventually.TrueAsync(() => HealthOf(cluster) == HealthStatus.Healthy, "healthy again");
        Assert.Single(cluster.ReadAll(KafkaTestCluster.DeadLetters, 1));
    }

    [Fact]
    public async Task Write_NothingButPoison_IsCommittedWithoutADelivery()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();

        await cluster.PublishAsync(Enumerable.Range(0, 300).Select(number => $"poison:{number}"));

        await Eventually.EqualAsync(300, cluster.Committed);
        Assert.Empty(cluster.Sink.Deliveries);
        Assert.Equal(300, cluster.ReadAll(KafkaTestCluster.DeadLetters, 300).Count);
    }

    private static string Header(ConsumeResult<byte[], byte[]> letter, string name) => Encoding.UTF8.GetString(letter.Message.Headers.GetLastBytes(name));

    [Fact]
    public async Task Write_TopicRefusesItAsTooLarge_LetterIsCutUntilItIsTaken()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();

        // The record itself is taken; the letter three times not.
        cluster.Broker.Refuse(Produce, 0, MessageTooLarge, MessageTooLarge, MessageTooLarge);
        await cluster.PublishRawAsync(1, "k", "poison" + new string('x', 99_994));

        await Eventually.EqualAsync(1, cluster.Committed);
        var letter = Assert.Single(cluster.ReadAll(KafkaTestCluster.DeadLetters, 1));
        Assert.Equal(12_500, letter.Message.Value.Length);
        Assert.Equal("value 100000", Header(letter, "dlq.truncated"));
    }

    [Fact]
    public async Task Write_PartitionIsRewoundAgainAndAgain_LetterIsThereOnce()
    {
        var sink = new Sink();
        var complete = sink.OnBatch;
        var rewinds = 0;
        sink.OnBatch = (batch, context) =>
        {
            if (Interlocked.Increment(ref rewinds) > 5) return complete(batch, context);
            context.Committer.Rewind(batch.Position, "the test gives up");
            return Task.CompletedTask;
        };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink);

        await cluster.PublishAsync(["a:1", "poison", "a:2"], "0");

        await Eventually.EqualAsync(3, cluster.Committed);
        Assert.True(rewinds > 5);
        Assert.Single(cluster.ReadAll(KafkaTestCluster.DeadLetters, 1));
    }

    private static HealthStatus HealthOf(KafkaTestCluster cluster) =>
        cluster.Orleans.Silos[0].ServiceProvider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult().Status;
}
