using System.Collections.Concurrent;
using OptiBid.Streams.Kafka.Embedded;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Tests.Fixtures;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace OptiBid.Streams.Kafka.Tests.Reading;

/// <summary>Consumers that have nothing to wait for and take records, a batch of them at a time.</summary>
public class CompleteOnDeliveryTests
{
    internal const string Singles = "singles";

    [Fact]
    public async Task Deliver_BatchObserverOfRecords_GetsThemInOrderAndFailuresAreDeliveredAgain()
    {
        SinglesGrain.Reset(failures: 3);
        using var broker = EmbeddedBroker.Start([(KafkaTestCluster.Topic, 1), (KafkaTestCluster.DeadLetters, 1), (Singles, 1)]);
        await using var cluster = await KafkaTestCluster.StartAsync(broker: broker, configure: options =>
        {
            options.CompleteOnDelivery = true;
            options.MaxBatchRecords = 50;
            options.Topics.Add(new KafkaTopic { Name = Singles });
        });

        var stream = cluster.Orleans.Client.GetStreamProvider(KafkaTestCluster.Provider).GetStream<string>(StreamId.Create(Singles, "0"));
        await stream.OnNextBatchAsync(Enumerable.Range(0, 1_000).Select(number => $"a:{number}"));

        await Eventually.EqualAsync(1_000, () => cluster.CommittedOffsets(1, Singles)[0]);
        Assert.Equal(Enumerable.Range(0, 1_000).Select(number => $"a:{number}"), SinglesGrain.Taken);
        Assert.True(SinglesGrain.MostAtOnce > 1, "records come in batches");
    }
}

[Alias("test.ISinglesGrain")]
public interface ISinglesGrain : IGrainWithStringKey;

[ImplicitStreamSubscription(CompleteOnDeliveryTests.Singles)]
internal sealed class SinglesGrain : Grain, ISinglesGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<string>
{
    private static int _failures;

    public static ConcurrentQueue<string> Taken { get; } = new();

    public static int MostAtOnce { get; private set; }

    public static void Reset(int failures)
    {
        Taken.Clear();
        _failures = failures;
    }

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<string>().ResumeAsync(this);

    public Task OnNextAsync(IList<SequentialItem<string>> items)
    {
        if (Interlocked.Decrement(ref _failures) >= 0) throw new TimeoutException("not yet");
        MostAtOnce = Math.Max(MostAtOnce, items.Count);
        foreach (var item in items) Taken.Enqueue(item.Item);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
