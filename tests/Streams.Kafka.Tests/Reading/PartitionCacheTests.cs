using System.Net;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Topology;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Tests.Reading;

public class PartitionCacheTests
{
    private static readonly KafkaPartition Partition = new("records", 0);
    private readonly Watch _watch = new();
    private readonly PartitionReading _reading;
    private readonly PartitionCache _cache;
    private long _epochs;
    private long _offset;

    public PartitionCacheTests()
    {
        _reading = new PartitionReading(Partition, new KafkaStreamOptions(), SiloAddress.New(IPAddress.Loopback, 1, 1), () => ++_epochs, TimeProvider.System);
        _reading.Progress.Begin(0);
        _cache = new PartitionCache(_watch, completeOnDelivery: false);
        _cache.Attach(_reading);
    }

    [Fact]
    public void MoveNext_CursorMadeAfterTheBatch_BeginsAtTheOldest()
    {
        var (first, second) = (Add(), Add());
        var cursor = Cursor();

        Assert.Same(first, Next(cursor));
        Assert.Same(second, Next(cursor));
        Assert.Null(Next(cursor));
    }

    [Fact]
    public void MoveNext_AfterIdle_FindsWhatCameLater()
    {
        var cursor = Cursor();
        Assert.Null(Next(cursor));
        var batch = Add();
        Assert.Same(batch, Next(cursor));
    }

    [Fact]
    public void HasRoom_TwoBatches_UntilOneIsPassedByAllCursors()
    {
        var (one, other) = (Cursor(), Cursor());
        Add();
        Add();
        Assert.False(_cache.HasRoom);

        Next(one);
        Next(one);
        Next(other);
        Assert.False(_cache.HasRoom);
        Next(other);
        Assert.True(_cache.HasRoom);
    }

    [Fact]
    public void Dispose_OnlyCursor_KeepsWhatItHadNotPassed()
    {
        var cursor = Cursor();
        var batch = Add();
        Next(cursor);
        cursor.Dispose();

        Assert.Same(batch, Next(Cursor()));
    }

    [Fact]
    public void Stalled_NobodyAtWork_IsTheOldestAndIsNotAddedTwice()
    {
        var cursor = Cursor();
        var batch = Add();
        Assert.Same(batch, _cache.Stalled);

        _cache.AddToCache([_cache.Stalled!]);
        Assert.Same(batch, Next(cursor));
        Assert.Null(_cache.Stalled);
        Assert.Null(Next(cursor));
    }

    [Fact]
    public void Rewind_BatchesOfEarlierEpoch_AreGone()
    {
        var cursor = Cursor();
        var batch = Add();
        Next(cursor);
        Add();
        _reading.Rewind(batch.Position.Epoch);

        Assert.Null(Next(cursor));
        Assert.True(_cache.HasRoom);
        _offset = 0;
        var again = Add();
        Assert.Same(again, Next(cursor));
        Assert.Equal(batch.Position.FirstOffset, again.Position.FirstOffset);
    }

    [Fact]
    public void RecordDeliveryFailure_Current_IsReported()
    {
        var cursor = Cursor();
        var batch = Add();
        cursor.RecordDeliveryFailure();
        Next(cursor);
        cursor.RecordDeliveryFailure();

        Assert.Equal([batch.Position.Epoch], _watch.Rewound);
        Assert.Equal(0, _watch.SecondConsumers);
    }

    [Fact]
    public void RecordDeliveryFailure_Current_IsNotAtWorkSoTheBatchIsOfferedAgain()
    {
        var cursor = Cursor();
        var batch = Add();
        Next(cursor);
        Assert.Null(_cache.Stalled);
        cursor.RecordDeliveryFailure();

        Assert.Same(batch, _cache.Stalled);
    }

    [Fact]
    public void MoveNext_BatchTakenByTwoConsumers_IsReported()
    {
        var (one, other) = (Cursor(), Cursor());
        Add();
        Next(one);
        Next(one);
        Assert.Equal(0, _watch.SecondConsumers);
        Next(other);
        Next(other);

        Assert.Equal(1, _watch.SecondConsumers);
    }

    [Fact]
    public void MoveNext_CompleteOnDelivery_CompletesWhatWasTakenAndNotWhatFailed()
    {
        var cache = new PartitionCache(_watch, completeOnDelivery: true);
        cache.Attach(_reading);
        var cursor = cache.GetCacheCursor(Partition.Stream, null);
        Add(cache);
        Add(cache);

        Next(cursor);
        Assert.Null(_reading.Progress.Uncommitted);
        Next(cursor);
        Assert.Equal(1, _reading.Progress.Uncommitted);
        cursor.RecordDeliveryFailure();
        Next(cursor);

        Assert.Equal(1, _reading.Progress.Uncommitted);
    }

    private IQueueCacheCursor Cursor() => _cache.GetCacheCursor(Partition.Stream, null);

    private static IBatchContainer? Next(IQueueCacheCursor cursor) => 
        cursor.MoveNextWithResult().Kind == QueueCacheCursorMoveResultKind.Success ? cursor.GetCurrent(out _) : null;

    private KafkaBatchContainer<string> Add() => Add(_cache);

    private KafkaBatchContainer<string> Add(PartitionCache cache)
    {
        Assert.True(_reading.Progress.TryTake(_reading.Progress.Epoch, _offset, _offset, out var position));
        _offset++;
        var container = new KafkaBatchContainer<string>(Partition.Stream, new KafkaBatch<string>(position, ["x"]), completeOnDelivery: false);
        cache.AddToCache([container]);
        return container;
    }

    private sealed class Watch : IPartitionWatch
    {
        public List<long> Rewound { get; } = [];

        public int SecondConsumers { get; private set; }

        public void Rewind(in KafkaPartition partition, long epoch, string reason) => Rewound.Add(epoch);

        public void ReportProgress(in KafkaPartition partition)
        {
        }

        public void ReportSecondConsumer(in KafkaPartition partition) => SecondConsumers++;
    }
}
