using System.Net;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Tests.Commits;

public class PartitionProgressTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PartitionProgress _progress;
    private long _epochs;

    public PartitionProgressTests() => _progress = New();

    private PartitionProgress New() =>
        new(new KafkaPartition("records", 0), SiloAddress.New(IPAddress.Loopback, 1, 1), () => ++_epochs, _time);

    private KafkaBatchPosition Take(long first, long last)
    {
        Assert.True(_progress.TryTake(_progress.Epoch, first, last, out var position));
        _progress.MarkDelivered(position, null);
        return position;
    }

    [Fact]
    public void TryTake_BeforeTheStartIsKnown_IsRefused()
    {
        Assert.Null(_progress.Start);
        Assert.False(_progress.TryTake(0, 0, 1, out _));
        _progress.Begin(7);
        Assert.Equal(7, _progress.Start!.Offset);
        Assert.Null(_progress.Uncommitted);
    }

    [Fact]
    public void Rewind_AgainWithoutProgress_WaitsEverLongerAndProgressEndsThat()
    {
        _progress.Begin(0);
        var waits = new List<long>();
        for (var rewind = 0; rewind < 12; rewind++)
        {
            Assert.True(_progress.Rewind(_progress.Epoch));
            waits.Add(_progress.Start!.NotBefore - _time.GetTimestamp());
        }

        Assert.Equal(waits.Order(), waits);
        Assert.Equal(TimeSpan.FromSeconds(10), _time.GetElapsedTime(0, waits[^1]));
        Assert.Equal(12, _progress.RewindsWithoutProgress);

        Assert.True(_progress.Complete(Take(0, 4)));
        Assert.Equal(0, _progress.RewindsWithoutProgress);
    }

    [Fact]
    public void HasStoodStillFor_CountsFromTheDeliveryAndFromProgress()
    {
        _progress.Begin(0);
        _time.Advance(TimeSpan.FromMinutes(5));
        var (one, other) = (Take(0, 4), Take(5, 9));
        Assert.False(_progress.HasStoodStillFor(TimeSpan.FromMinutes(1)));

        _time.Advance(TimeSpan.FromSeconds(50));
        _progress.Complete(one);
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.False(_progress.HasStoodStillFor(TimeSpan.FromMinutes(1)));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.True(_progress.HasStoodStillFor(TimeSpan.FromMinutes(1)));

        _progress.Complete(other);
        Assert.False(_progress.HasStoodStillFor(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void MarkCommitted_AnotherSilosHigherOffset_LeavesNothingToCommit()
    {
        _progress.Begin(0);
        _progress.Complete(Take(0, 4));
        Assert.Equal(5, _progress.Uncommitted);
        _progress.MarkCommitted(9);
        Assert.Null(_progress.Uncommitted);

        _progress.Complete(Take(5, 11));
        Assert.Equal(12, _progress.Uncommitted);
    }

    [Fact]
    public void FindInLog_RecordsDeletedBeforeTheyWereRead_EachIsCountedOnceAndReadingGoesOn()
    {
        _progress.Begin(0);
        var held = Take(0, 9);
        _progress.MarkOutOfLog(_progress.Start!, 10);
        Assert.Equal(40, _progress.FindInLog(50, 100));
        Assert.Equal((held.Epoch, 50), (_progress.Epoch, _progress.Start!.Offset));

        // Given up: it begins at 0 again, which is gone by now as well.
        Assert.True(_progress.Rewind(held.Epoch));
        _progress.MarkOutOfLog(_progress.Start!, 0);
        Assert.Equal(10, _progress.FindInLog(50, 100));

        Assert.True(_progress.Complete(Take(50, 59)));
        Assert.Equal(60, _progress.Uncommitted);
    }

    [Fact]
    public void FindInLog_LogEndsEarlier_IsReadFromItsBeginningAndALowerOffsetIsCommitted()
    {
        _progress.Begin(5_000);
        _progress.MarkOutOfLog(_progress.Start!, 5_000);
        Assert.Equal(0, _progress.FindInLog(0, 10));
        Assert.Equal(0, _progress.Start!.Offset);
        Assert.False(_progress.StoredOffsetCounts);

        _progress.Complete(Take(0, 9));
        Assert.Equal(10, _progress.Uncommitted);
        _progress.MarkCommitted(10);
        Assert.True(_progress.StoredOffsetCounts);
        Assert.Null(_progress.Uncommitted);
    }

    [Fact]
    public void FindInLog_NothingIsMissing_GoesOnWhereItWas()
    {
        _progress.Begin(0);
        Take(0, 9);
        _progress.MarkOutOfLog(_progress.Start!, 10);
        Assert.Equal(0, _progress.FindInLog(0, 100));
        Assert.Equal(10, _progress.Start!.Offset);
        Assert.Null(_progress.OutOfLog);
    }

    [Fact]
    public void MarkOutOfLog_OfAReadingThatIsOver_ChangesNothing()
    {
        _progress.Begin(0);
        var old = _progress.Start!;
        _progress.Rewind(old.Epoch);
        _progress.MarkOutOfLog(old, 10);
        Assert.Null(_progress.OutOfLog);
    }

    /// <summary>
    /// Two silos that may both believe to own the partition, consumers that complete late, twice or never, rewinds,
    /// hand-overs, retention and recreated topics, commits that are looked at and made in two steps with anything in
    /// between and may be refused: whatever is stored as committed, every record of the log below it is durable or was
    /// deleted before it could be read.
    /// </summary>
    [Property(MaxTest = 3_000, EndSize = 400)]
    public void AnyInterleaving_CommittedIsDurable(byte[] steps)
    {
        var model = new ClusterModel();
        foreach (var step in steps) model.Step(step);
    }

    private sealed class ClusterModel
    {
        private readonly HashSet<(int Log, long Offset)> _durable = [];
        private readonly List<Owner> _owners = [];
        private int _log;
        private long _low;
        private long _high = 20;
        private long? _stored;
        private int _storedLog;
        private long _epochs;

        public ClusterModel() => HandOver();

        public void Step(byte step)
        {
            var argument = step >> 4;
            var owner = _owners[argument % _owners.Count];
            switch (step & 15)
            {
                case 0: _high += argument + 1; break;
                case 1 when argument > 11: _low = Math.Min(_high, _low + argument); break;
                case 2 when argument == 15: Recreate(); break;
                case 3 when argument > 10: HandOver(); break;
                case 4 when argument > 12: owner.Progress.Close(); break;
                case 5: owner.Progress.Rewind(owner.Progress.Epoch); break;
                case 6 or 7 or 8: Read(owner, argument % 5); break;
                case 9 or 10 or 11 when owner.Batches.Count > 0: Complete(owner, argument); break;
                case 12: LookBeforeCommit(owner); break;
                case 13 or 14: Commit(owner, isRefused: false); break;
                case 15: Commit(owner, isRefused: argument > 8); break;
                default: break;
            }
        }

        /// <summary>Another silo takes the partition; the one before may not know it yet.</summary>
        private void HandOver()
        {
            if (_owners.Count == 2) _owners.RemoveAt(0);
            var progress = new PartitionProgress(new KafkaPartition("records", 0), SiloAddress.New(IPAddress.Loopback, 1, 1), () => ++_epochs, TimeProvider.System);
            progress.Begin(_stored ?? _low);
            _owners.Add(new Owner(progress, _stored is null ? _log : _storedLog));
        }

        /// <summary>The topic is deleted and made again, shorter than anything stored of the old one.</summary>
        private void Recreate()
        {
            (_log, _low, _high) = (_log + 1, 0, 0);
        }

        private void Read(Owner owner, int count)
        {
            if (owner.Progress.Start is not { } start) return;
            var next = owner.Next(start);
            if (next < _low || next > _high)
            {
                owner.Progress.MarkOutOfLog(start, next);
                owner.Progress.FindInLog(_low, _high);

                // A client that meets the new log only when it has outgrown the old one cannot tell them apart.
                owner.Log = _log;
                return;
            }

            if (owner.Log != _log || next + count > _high || count == 0) return;
            if (owner.Progress.TryTake(start.Epoch, next, next + count - 1, out var position)) owner.Take(start, position, _log);
        }

        private void Complete(Owner owner, int argument)
        {
            var (position, log) = owner.Batches[argument % owner.Batches.Count];
            for (var offset = position.FirstOffset; offset < position.NextOffset; offset++) _durable.Add((log, offset));
            owner.Progress.Complete(position);
        }

        private void LookBeforeCommit(Owner owner)
        {
            owner.Due = null;
            if (owner.Progress.Uncommitted is not { } offset || owner.Log != _log) return;
            if (_stored > offset && owner.Progress.StoredOffsetCounts) owner.Progress.MarkCommitted(_stored.Value);
            else owner.Due = (offset, owner.Log);
        }

        private void Commit(Owner owner, bool isRefused)
        {
            if (owner.Due is not { } due) return;
            owner.Due = null;
            if (isRefused || due.Log != _log) return;
            (_stored, _storedLog) = (due.Offset, _log);
            owner.Progress.MarkCommitted(due.Offset);
            for (var offset = _low; offset < due.Offset; offset++) Assert.Contains((_log, offset), _durable);
        }

        private sealed class Owner(PartitionProgress progress, int log)
        {
            private ReadingStart? _start;
            private long _next;

            public PartitionProgress Progress { get; } = progress;

            public int Log { get; set; } = log;

            public List<(KafkaBatchPosition Position, int Log)> Batches { get; } = [];

            public (long Offset, int Log)? Due { get; set; }

            public long Next(ReadingStart start) => ReferenceEquals(start, _start) ? _next : start.Offset;

            public void Take(ReadingStart start, KafkaBatchPosition position, int log)
            {
                (_start, _next) = (start, position.NextOffset);
                Batches.Add((position, log));
            }
        }
    }
}
