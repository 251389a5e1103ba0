using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Tests.Fixtures;
using Orleans.Configuration;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Tests.Reading;

/// <summary>What has gone wrong with Orleans streams of other providers, by the numbers of dotnet/orleans issues.</summary>
public class KnownOrleansIssuesTests
{
    private static readonly StreamId Stream = StreamId.Create(KafkaTestCluster.Topic, "0");

    /// <summary>
    /// 9023, 9297: a record that came after a stream had been idle was passed over, because the consumer was asked from
    /// where it wanted to go on and what it answered was no longer in the cache.
    /// </summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Deliver_AfterIdleness_NextRecordArrivesAndNoneIsSkipped(bool streamForgotten, bool consumerGone)
    {
        await using var cluster = await KafkaTestCluster.StartAsync(configureSilo: silo => silo.Services.Configure<StreamPullingAgentOptions>(
            KafkaTestCluster.Provider,
            options => options.StreamInactivityPeriod = streamForgotten ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromHours(1)));
        using var events = new StreamEvents(cluster.Orleans.Silos.Select(silo => silo.SiloAddress));
        var management = cluster.Orleans.Client.GetGrain<IManagementGrain>(0);
        var expected = new List<string>();

        for (var round = 0; round < 4; round++)
        {
            // First alone, then several that may come while the first is on its way.
            foreach (var text in new[] { $"a:{round}", $"b:{round}", $"c:{round}" })
            {
                expected.Add(text);
                await cluster.PublishAsync([text], "0");
                if (text[0] != 'a') continue;
                await Eventually.EqualAsync(expected.Count, () => cluster.Sink.Records.Count());
            }

            await Eventually.EqualAsync(expected.Count, () => cluster.Sink.Records.Count());
            var forgotten = events.Inactive(Stream);
            var gone = cluster.Sink.Deactivations;
            if (streamForgotten) await Eventually.TrueAsync(() => events.Inactive(Stream) > forgotten, "the agent forgets the stream");
            if (consumerGone)
            {
                await management.ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);
                await Eventually.TrueAsync(() => cluster.Sink.Deactivations > gone, "the consumer leaves memory");
            }
        }

        Assert.Equal(expected, cluster.Sink.Records);
        await Eventually.EqualAsync(expected.Count, cluster.Committed);
    }

    /// <summary>
    /// 9107: while consumers of a stream that had just been found took their time to subscribe, what came in the
    /// meantime was dropped.
    /// </summary>
    [Fact]
    public async Task Deliver_ConsumerIsSlowToSubscribe_AllThatCameMeanwhileArrivesInOrder()
    {
        var gate = new TaskCompletionSource();
        var subscribing = 0;
        var sink = new Sink();
        sink.OnSubscribing = () =>
        {
            Interlocked.Increment(ref subscribing);
            return gate.Task;
        };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink, configure: options => options.MaxBatchRecords = 10);

        await cluster.PublishAsync(["a:0"], "0");
        await Eventually.TrueAsync(() => Volatile.Read(ref subscribing) > 0, "the consumer is about to subscribe");
        for (var number = 1; number < 100; number++) await cluster.PublishAsync([$"a:{number}"], "0");
        Assert.Empty(sink.Deliveries);
        gate.SetResult();

        await Eventually.EqualAsync(100, () => sink.Records.Count());
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"a:{number}"), sink.Records);
        await Eventually.EqualAsync(100, cluster.Committed);
    }

    /// <summary>9126, 7195: after a silo had left, the agents of those that stayed delivered nothing any more.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deliver_OneSiloAfterAnotherLeaves_EveryPartitionGoesOnWithWhatIsPublishedThen(bool kill)
    {
        const int Partitions = 6;
        using var broker = KafkaTestCluster.NewBroker(Partitions);
        await using var cluster = await KafkaTestCluster.StartAsync(silos: 3, broker: broker);
        await cluster.SharedAsync(2);
        var published = 0;

        async Task PublishToEachAsync()
        {
            for (var partition = 0; partition < Partitions; partition++)
                await cluster.PublishAsync([$"a:{published++}"], partition.ToString(CultureInfo.InvariantCulture));
            await Eventually.EqualAsync(published, () => cluster.Sink.Distinct, 60);
        }

        await PublishToEachAsync();
        while (cluster.Orleans.Silos.Count > 1)
        {
            var leaves = cluster.Orleans.Silos[^1];
            if (kill) await cluster.Orleans.KillSiloAsync(leaves, TestContext.Current.CancellationToken);
            else await cluster.Orleans.StopSiloAsync(leaves, TestContext.Current.CancellationToken);
            await PublishToEachAsync();
            await PublishToEachAsync();
        }

        await cluster.Orleans.StartAdditionalSiloAsync();
        await cluster.SharedAsync(3);
        await PublishToEachAsync();
        await Eventually.EqualAsync(published, () => cluster.CommittedOffsets(Partitions).Sum(), 60);
    }

    /// <summary>7807: while one record kept failing, the good ones after it were delivered again and again, and never done with.</summary>
    [Fact]
    public async Task Deliver_OneBatchKeepsFailing_ThoseOfOtherPartitionsAreDoneWithOnce()
    {
        var sink = new Sink();
        var complete = sink.OnBatch;
        var failures = 0;
        var broken = true;
        sink.OnBatch = (batch, context) =>
        {
            if (!Volatile.Read(ref broken) || !batch.Records.Contains("bad:0")) return complete(batch, context);
            Interlocked.Increment(ref failures);
            throw new TimeoutException("the store does not take it");
        };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink, configure: options => options.MaxDeliveryTime = TimeSpan.FromMilliseconds(100));

        await cluster.PublishAsync(["bad:0"], "1");
        for (var round = 0; round < 20; round++)
        {
            var before = Volatile.Read(ref failures);
            await cluster.PublishAsync([$"a:{round}"], "0");
            await cluster.PublishAsync([$"c:{round}"], "2");
            if (round < 10) await Eventually.TrueAsync(() => Volatile.Read(ref failures) > before, "the bad record is tried again", 60);
        }

        await Eventually.EqualAsync((20L, 0L, 20L), () => cluster.CommittedOffsets() is var offsets ? (offsets[0], offsets[1], offsets[2]) : default);
        Assert.Equal(40, sink.Records.Count());
        Volatile.Write(ref broken, false);
        await Eventually.EqualAsync(41, cluster.Committed, 60);
        Assert.Equal(41, sink.Records.Count());
        Assert.Equal(41, sink.Distinct);
    }

    /// <summary>A consumer may leave memory while it has a batch, whether it then takes the batch or not.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deliver_ConsumerLeavesInTheMiddleOfABatch_NothingIsSkipped(bool takesIt)
    {
        var sink = new Sink();
        var complete = sink.OnBatch;
        var left = new ConcurrentDictionary<KafkaBatchPosition, bool>();
        sink.OnBatch = (batch, context) =>
        {
            if (left.TryAdd(batch.Position, true))
            {
                context.Deactivate();
                if (!takesIt) throw new TimeoutException("not now");
            }

            return complete(batch, context);
        };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink, configure: options => options.MaxBatchRecords = 10);

        for (var part = 0; part < 5; part++) await cluster.PublishAsync(Enumerable.Range(part * 20, 20).Select(number => $"a:{number}"), "0");

        await Eventually.EqualAsync(100, () => sink.Records.Count());
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"a:{number}"), sink.Records);
        await Eventually.EqualAsync(100, cluster.Committed);
        Assert.True(sink.Deactivations >= 10, $"{sink.Deactivations} deactivations");
    }

    /// <summary>
    /// A consumer of a rewindable stream is asked for the last position it has seen, and the agent moves a new cursor
    /// past it. A cursor here begins at the oldest batch whatever position is asked for, so that would skip a batch.
    /// </summary>
    [Fact]
    public async Task IsRewindable_OnSiloAndClient_IsFalse()
    {
        await using var cluster = await KafkaTestCluster.StartAsync();
        Assert.False(cluster.Stream("0").IsRewindable);
        Assert.False(cluster.Orleans.Silos[0].ServiceProvider.GetRequiredKeyedService<IStreamProvider>(KafkaTestCluster.Provider).IsRewindable);
    }
}
