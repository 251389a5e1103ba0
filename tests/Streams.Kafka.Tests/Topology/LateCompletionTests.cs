using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Topology;

/// <summary>Completions that come after a partition was handed over, or on a silo that does not read it.</summary>
public class LateCompletionTests
{
    private const int Partitions = 6;

    private static IEnumerable<string> Texts(int count, int from = 0) => Enumerable.Range(from, count).Select(number => $"k{number % 997}:{number}");

    [Fact]
    public async Task HandOver_BatchesNotComplete_AreDeliveredAgainAndOldCompletionsMoveNothing()
    {
        var durable = new ConcurrentDictionary<string, bool>();
        var held = new ConcurrentQueue<(KafkaBatch<string> Batch, IKafkaCommitter Committer)>();
        var sink = new Sink
        {
            OnBatch = (batch, context) =>
            {
                context.MoveToReader(batch);
                held.Enqueue((batch, context.Committer));
                return Task.CompletedTask;
            },
        };
        using var broker = KafkaTestCluster.NewBroker(Partitions);
        await using var cluster = await KafkaTestCluster.StartAsync(broker: broker, sink: sink, configure: options =>
        {
            options.MaxBatchRecords = 100;
            options.HandOverTime = TimeSpan.FromMilliseconds(50);
        });
        await cluster.SharedAsync(Partitions);
        using var measured = new MeterSums();
        await cluster.PublishAsync(Texts(3_000));
        await Eventually.EqualAsync(3_000, () => held.Sum(entry => entry.Batch.Records.Length));
        var first = held.ToArray();

        await cluster.Orleans.StartAdditionalSiloAsync();
        await cluster.SharedAsync(3);
        var moved = cluster.Reader(1).Readings.Select(reading => reading.Partition.Number).ToHashSet();
        var ends = cluster.Ends(Partitions);
        var movedRecords = (int)moved.Sum(partition => ends[partition]);
        await Eventually.EqualAsync(3_000 + movedRecords, () => held.Sum(entry => entry.Batch.Records.Length));
        var second = held.Skip(first.Length).ToArray();
        Assert.All(second, entry => Assert.Contains(entry.Batch.Position.Partition, moved));
        Assert.Equal(movedRecords, second.SelectMany(entry => entry.Batch.Records).Distinct().Count());

        // The first silo completes all it ever was given. What it has handed over is too late, and is counted as that.
        foreach (var (batch, committer) in first)
        {
            foreach (var text in batch.Records) Assert.True(durable.TryAdd(text, true));
            committer.Complete(batch.Position);
        }

        await Eventually.EqualAsync(3_000 - movedRecords, () => cluster.CommittedOffsets(Partitions).Sum());
        Assert.Equal(first.Count(entry => moved.Contains(entry.Batch.Position.Partition)), measured.Sum(cluster, "kafka.late_completions"));
        await PassCommitAsync(cluster, held, Enumerable.Range(0, Partitions).First(partition => !moved.Contains(partition)));
        Assert.All(moved, partition => Assert.Equal(0, cluster.CommittedOffsets(Partitions)[partition]));

        foreach (var (batch, committer) in second)
        {
            foreach (var text in batch.Records) durable[text] = true;
            committer.Complete(batch.Position);
        }

        await Eventually.EqualAsync(3_001, () => cluster.CommittedOffsets(Partitions).Sum());
        Assert.Equal(3_000, durable.Count);
    }

    [Fact]
    public async Task Complete_OnASiloThatDoesNotRead_IsAnErrorAndCommitsNothingUntilTheConsumerMoves()
    {
        var moves = false;
        var elsewhere = new ConcurrentDictionary<string, bool>();
        var sink = new Sink();
        sink.OnBatch = (batch, context) =>
        {
            if (Volatile.Read(ref moves)) context.MoveToReader(batch);
            if (!batch.Position.Reader.Equals(context.Silo))
            {
                foreach (var text in batch.Records) elsewhere[text] = true;
            }

            context.Committer.Complete(batch.Position);
            return Task.CompletedTask;
        };
        using var broker = KafkaTestCluster.NewBroker(Partitions);
        await using var cluster = await KafkaTestCluster.StartAsync(broker: broker, sink: sink, configure: options => options.CompletionTimeout = TimeSpan.FromSeconds(2));
        await cluster.SharedAsync(Partitions);
        await cluster.PublishAsync(Texts(1_000));
        await Eventually.EqualAsync(1_000, () => cluster.CommittedOffsets(Partitions).Sum());
        var before = cluster.CommittedOffsets(Partitions);

        // The consumers stay where they are, and the second silo reads half of the partitions.
        await cluster.Orleans.StartAdditionalSiloAsync();
        await cluster.SharedAsync(3);
        var moved = cluster.Reader(1).Readings.Select(reading => reading.Partition.Number).ToHashSet();
        await cluster.PublishAsync(Texts(1_000, 1_000));
        var ends = cluster.Ends(Partitions);
        await Eventually.EqualAsync(2_000, () => sink.Distinct);
        await Eventually.TrueAsync(
            () => cluster.CommittedOffsets(Partitions) is var committed && Enumerable.Range(0, Partitions).All(partition => moved.Contains(partition) || committed[partition] == ends[partition]),
            "what is completed beside its reader is committed");
        Assert.All(moved, partition => Assert.Equal(before[partition], cluster.CommittedOffsets(Partitions)[partition]));
        Assert.Equal(moved.Sum(partition => ends[partition] - before[partition]), elsewhere.Count);
        Assert.Contains(cluster.Log.Entries, entry => entry.Level == LogLevel.Error && entry.Text.Contains("only its reader can do that", StringComparison.Ordinal));

        Volatile.Write(ref moves, true);

        await Eventually.EqualAsync(2_000, () => cluster.CommittedOffsets(Partitions).Sum(), 60);
    }

    /// <summary>Returns when the first silo has committed once more, a record of a partition it reads.</summary>
    private static async Task PassCommitAsync(KafkaTestCluster cluster, ConcurrentQueue<(KafkaBatch<string> Batch, IKafkaCommitter Committer)> held, int partition)
    {
        var before = cluster.CommittedOffsets(Partitions)[partition];
        await cluster.PublishAsync(["later:1"], partition.ToString(CultureInfo.InvariantCulture));
        await Eventually.TrueAsync(() => held.Any(entry => entry.Batch.Records.Contains("later:1")), "the record is delivered");
        var (batch, committer) = held.First(entry => entry.Batch.Records.Contains("later:1"));
        committer.Complete(batch.Position);
        await Eventually.EqualAsync(before + 1, () => cluster.CommittedOffsets(Partitions)[partition]);
    }
}
