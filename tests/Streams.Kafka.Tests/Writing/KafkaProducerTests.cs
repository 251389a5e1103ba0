using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using OptiBid.Streams.Kafka.Embedded;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Observability;
using OptiBid.Streams.Kafka.Tests.Fixtures;
using OptiBid.Streams.Kafka.Writing;

namespace OptiBid.Streams.Kafka.Tests.Writing;

public class KafkaProducerTests
{
    private static KafkaProducer New(EmbeddedBroker broker)
    {
        var options = new KafkaStreamOptions();
        KafkaTestCluster.Options(options, broker);
        return new KafkaProducer(options, new KafkaContact(), NullLogger.Instance);
    }

    private static Message<byte[]?, byte[]?> Message() => new() { Value = [1] };

    [Fact]
    public async Task Examine_FatalError_NextGetsAnotherClientAndThoseBeforeGetTheirReports()
    {
        using var broker = KafkaTestCluster.NewBroker();
        using var producer = New(broker);
        broker.SetReachable(false);
        var old = producer.Rent();
        var delivery = old.Client.ProduceAsync(KafkaTestCluster.Topic, Message(), TestContext.Current.CancellationToken);

        old.Examine(new Error(Confluent.Kafka.ErrorCode.Local_Fatal));
        using var next = producer.Rent();
        Assert.NotSame(old.Client, next.Client);

        // A late complaint of the old client says nothing of the new one.
        old.Examine(new Error(Confluent.Kafka.ErrorCode.Local_Fatal));
        using var same = producer.Rent();
        Assert.Same(next.Client, same.Client);

        broker.SetReachable(true);
        Assert.Equal(PersistenceStatus.Persisted, (await delivery).Status);
        old.Dispose();
    }

    [Fact]
    public async Task Dispose_WhileRecordsAreOnTheirWay_TheirReportsStillCome()
    {
        using var broker = KafkaTestCluster.NewBroker();
        var producer = New(broker);
        broker.SetReachable(false);
        using var lease = producer.Rent();
        var delivery = lease.Client.ProduceAsync(KafkaTestCluster.Topic, Message(), TestContext.Current.CancellationToken);

        producer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => producer.Rent());

        broker.SetReachable(true);
        Assert.Equal(PersistenceStatus.Persisted, (await delivery).Status);
    }
}
