using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Commits;

public class KafkaCommitterTests
{
    private static IEnumerable<string> Texts(int count, int from = 0) => Enumerable.Range(from, count).Select(number => $"k{number % 97}:{number}");

    [Fact]
    public async Task Complete_Never_NothingIsCommittedAndAFreshClusterReadsAllAgain()
    {
        using var broker = KafkaTestCluster.NewBroker();
        await using (var first = await KafkaTestCluster.StartAsync(broker: broker, sink: new Sink { OnBatch = (_, _) => Task.CompletedTask }))
        {
            await first.PublishAsync(Texts(5_000));
            await Eventually.EqualAsync(5_000, () => first.Sink.Distinct);
            Assert.Equal(0, first.Committed());
        }

        await using var second = await KafkaTestCluster.StartAsync(broker: broker);
        await Eventually.EqualAsync(5_000, () => second.Sink.Distinct);
        await Eventually.EqualAsync(5_000, second.Committed);
    }

    [Fact]
    public async Task Complete_All_AFreshClusterBeginsBehindThem()
    {
        using var broker = KafkaTestCluster.NewBroker();
        await using (var first = await KafkaTestCluster.StartAsync(broker: broker, configure: options => options.CommitInterval = TimeSpan.FromSeconds(30)))
        {
            await first.PublishAsync(Texts(5_000));
            await Eventually.EqualAsync(5_000, () => first.Sink.Distinct);

            // No commit was due yet: only the hand-over of a graceful stop makes it.
        }

        await using var second = await KafkaTestCluster.StartAsync(broker: broker);
        Assert.Equal(5_000, second.Committed());
        await second.PublishAsync(Texts(100, 5_000));
        await Eventually.EqualAsync(100, () => second.Sink.Records.Count());
        Assert.All(second.Sink.Records, text => Assert.True(int.Parse(text.Split(':')[1]) >= 5_000));
    }

    [Fact]
    public async Task Complete_OneBatchMissing_CommitStaysBeforeIt()
    {
        var sink = new Sink();
        KafkaBatch<string>? held = null;
        sink.OnBatch = (batch, context) =>
        {
            if (batch.Position.Partition == 0 && Interlocked.CompareExchange(ref held, batch, null) is null) return Task.CompletedTask;
            context.Committer.Complete(batch.Position);
            return Task.CompletedTask;
        };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink);

        await cluster.PublishAsync(Texts(100).Concat(Texts(5)));
        await Eventually.TrueAsync(() => held is not null, "a batch is held");
        for (var part = 1; part < 5; part++) await cluster.PublishAsync(Texts(500, part * 500), "0");
        await Eventually.TrueAsync(() => sink.Records.Count() == 2_105, "all are delivered");
        await cluster.PublishAsync(["x:1"], "1");
        await Eventually.TrueAsync(() => cluster.CommittedOffsets()[1] > 0, "another partition commits");

        Assert.Equal(0, cluster.CommittedOffsets()[0]);
        cluster.Orleans.Silos[0].ServiceProvider.GetRequiredKeyedService<IKafkaCommitter>(KafkaTestCluster.Provider).Complete(held!.Position);
        await Eventually.EqualAsync(2_106, cluster.Committed);
    }

    [Fact]
    public async Task Rewind_ConsumerGivesUp_AllSinceCommitPointIsReadAgainInAnotherEpoch()
    {
        var sink = new Sink();
        var complete = sink.OnBatch;
        var givenUp = new ConcurrentDictionary<int, long>();
        sink.OnBatch = (batch, context) =>
        {
            var partition = batch.Position.Partition;
            if (givenUp.TryGetValue(partition, out var epoch) && epoch != batch.Position.Epoch) return complete(batch, context);

            // Takes what it is given, completes none of it, and gives up from the third batch on.
            givenUp.TryAdd(partition, batch.Position.Epoch);
            if (batch.Position.FirstOffset >= 20) context.Committer.Rewind(batch.Position, "the store is away");
            return Task.CompletedTask;
        };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink, configure: options => options.MaxBatchRecords = 10);

        await cluster.PublishAsync(Texts(10_000));

        await Eventually.EqualAsync(10_000, cluster.Committed);
        foreach (var partition in sink.Deliveries.GroupBy(delivery => delivery.Batch.Position.Partition))
        {
            var second = partition.Select(delivery => delivery.Batch).Where(batch => batch.Position.Epoch != givenUp[partition.Key]).OrderBy(batch => batch.Position.FirstOffset).ToList();
            Assert.Equal(0, second[0].Position.FirstOffset);
            for (var index = 1; index < second.Count; index++) Assert.Equal(second[index - 1].Position.NextOffset, second[index].Position.FirstOffset);
        }

        Assert.Equal(10_000, sink.Distinct);
    }

    [Fact]
    public async Task Rewind_AgainAndAgainUnderLoad_NothingIsLost()
    {
        var sink = new Sink();
        var durable = new ConcurrentDictionary<string, bool>();
        var random = new Random(7);
        sink.OnBatch = (batch, context) =>
        {
            int dice;
            lock (random) dice = random.Next(10);
            if (dice == 0) context.Committer.Rewind(batch.Position, "dice");
            if (dice == 1) throw new TimeoutException("dice");
            if (dice < 4) return Task.CompletedTask;
            foreach (var text in batch.Records) durable[text] = true;
            context.Committer.Complete(batch.Position);
            return Task.CompletedTask;
        };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink, configure: options =>
        {
            options.MaxBatchRecords = 200;
            options.CompletionTimeout = TimeSpan.FromMilliseconds(500);
        });

        for (var part = 0; part < 10; part++) await cluster.PublishAsync(Texts(1_000, part * 1_000));

        await Eventually.EqualAsync(10_000, () => durable.Count, 90);
        await Eventually.EqualAsync(10_000, cluster.Committed, 90);
    }

    [Fact]
    public async Task Complete_BatchLost_CompletionTimeoutReadsItAgain()
    {
        var sink = new Sink();
        var complete = sink.OnBatch;
        var lost = 0;
        sink.OnBatch = (batch, context) => Interlocked.Increment(ref lost) <= 3 ? Task.CompletedTask : complete(batch, context);
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink, configure: options => options.CompletionTimeout = TimeSpan.FromMilliseconds(600));

        await cluster.PublishAsync(Texts(1_000));

        await Eventually.EqualAsync(1_000, cluster.Committed);
        Assert.Equal(1_000, sink.Distinct);
    }

    [Fact]
    public async Task Complete_OfAnotherSilosBatch_IsIgnored()
    {
        var sink = new Sink { OnBatch = (_, _) => Task.CompletedTask };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink);
        await cluster.PublishAsync(Texts(100));
        await Eventually.EqualAsync(100, () => sink.Records.Count());
        var committer = cluster.Orleans.Silos[0].ServiceProvider.GetRequiredKeyedService<IKafkaCommitter>(KafkaTestCluster.Provider);
        var elsewhere = SiloAddress.New(System.Net.IPAddress.Loopback, 1, 1);

        foreach (var delivery in sink.Deliveries) committer.Complete(delivery.Batch.Position with { Reader = elsewhere });
        foreach (var delivery in sink.Deliveries) committer.Complete(delivery.Batch.Position with { Epoch = 0 });

        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(0, cluster.Committed());
    }
}
