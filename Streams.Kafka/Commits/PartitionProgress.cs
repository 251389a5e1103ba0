using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Commits;

/// <summary>
/// The thread-safe account of one partition from its take-over by this silo to its hand-over: what was handed out
/// and completed (<see cref="OffsetWatermark"/>), what is committed, and from where it is to be read.
/// </summary>
internal sealed class PartitionProgress
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly KafkaPartition _partition;
    private readonly SiloAddress _reader;
    private readonly Func<long> _nextEpoch;
    private readonly TimeProvider _time;
    private readonly OffsetWatermark _watermark;
    private long? _origin;
    private long? _committed;
    private long? _delivered;
    private long _movedAt;
    private int _rewinds;
    private bool _closed;

    public PartitionProgress(KafkaPartition partition, SiloAddress reader, Func<long> nextEpoch, TimeProvider time)
    {
        (_partition, _reader, _nextEpoch, _time) = (partition, reader, nextEpoch, time);
        _watermark = new OffsetWatermark(nextEpoch());
        _movedAt = time.GetTimestamp();
        Start = new ReadingStart(_watermark.Epoch, null, _movedAt);
    }

    /// <summary>From where, in which epoch and not before when the partition is to be read.</summary>
    public ReadingStart Start { get; private set => Volatile.Write(ref field, value); }

    /// <summary>The epoch of the present reading.</summary>
    public long Epoch => Start.Epoch;

    /// <summary>Hands out records.</summary>
    /// <returns>False when the epoch they were read in is over.</returns>
    public bool TryTake(long epoch, long first, long last, out KafkaBatchPosition position)
    {
        position = default;
        lock (_lock)
        {
            if (_closed || epoch != _watermark.Epoch) return false;
            var isFirst = _watermark.CommitPoint is null;
            var (from, next) = _watermark.Take(first, last);
            if (isFirst) _committed = _watermark.CommitPoint;
            position = new KafkaBatchPosition(_partition.Topic, _partition.Number, epoch, from, next, _reader);
            return true;
        }
    }

    /// <summary>Notes that a batch has been handed to its consumer.</summary>
    public void MarkDelivered(in KafkaBatchPosition position)
    {
        lock (_lock)
        {
            if (position.Epoch != _watermark.Epoch) return;
            if (_delivered is null || _delivered <= _watermark.CommitPoint) _movedAt = _time.GetTimestamp();
            if (_delivered is null || position.NextOffset > _delivered) _delivered = position.NextOffset;
        }
    }

    /// <summary>Notes that a batch is complete.</summary>
    /// <returns>False when it belongs to an earlier epoch, or to a partition that has been handed over.</returns>
    public bool Complete(in KafkaBatchPosition position)
    {
        lock (_lock)
        {
            var before = _watermark.CommitPoint;
            if (_closed || !_watermark.Complete(position.Epoch, position.FirstOffset, position.NextOffset)) return false;
            if (_watermark.CommitPoint == before) return true;
            _movedAt = _time.GetTimestamp();
            _rewinds = 0;
            return true;
        }
    }

    /// <summary>
    /// Starts another epoch at the commit point. Rewinds that follow one another without any progress wait ever
    /// longer before the partition is read again.
    /// </summary>
    /// <returns>False when the epoch is over already.</returns>
    public bool Rewind(long epoch)
    {
        lock (_lock)
        {
            if (_closed || epoch != _watermark.Epoch) return false;
            _watermark.Rewind(_nextEpoch());
            var delay = TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(_rewinds, 20)));
            _rewinds++;
            StartReading(delay);
            return true;
        }
    }

    /// <summary>Starts another epoch because the log begins anew at an offset: those seen so far belong to another log.</summary>
    public void Restart(long offset)
    {
        lock (_lock)
        {
            _watermark.Restart(_nextEpoch());
            _committed = null;
            _origin = offset;
            StartReading(TimeSpan.Zero);
        }
    }

    /// <summary>From now on nothing is handed out, completed or rewound; the commit point can still be committed.</summary>
    public void Close()
    {
        lock (_lock) _closed = true;
    }

    /// <summary>The offset to commit, when it has moved since the last successful commit.</summary>
    public long? Uncommitted
    {
        get
        {
            lock (_lock) return _watermark.CommitPoint > _committed ? _watermark.CommitPoint : null;
        }
    }

    /// <summary>The offset committed last, or the one reading began at; null before the first record.</summary>
    public long? Committed
    {
        get
        {
            lock (_lock) return _committed;
        }
    }

    /// <summary>Notes a successful commit.</summary>
    public void MarkCommitted(long offset)
    {
        lock (_lock)
        {
            if (_committed is { } committed && offset > committed && offset <= _watermark.CommitPoint) _committed = offset;
        }
    }

    /// <summary>True when all that consumers were given is complete.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_lock) return _delivered is null || _watermark.CommitPoint >= _delivered;
        }
    }

    /// <summary>True when consumers hold records and the commit point has not moved for so long.</summary>
    public bool HasStoodStillFor(TimeSpan limit)
    {
        lock (_lock) return !_closed && _watermark.CommitPoint < _delivered && _time.GetElapsedTime(_movedAt) > limit;
    }

    private void StartReading(TimeSpan delay)
    {
        _delivered = null;
        _movedAt = _time.GetTimestamp();
        Start = new ReadingStart(_watermark.Epoch, _watermark.CommitPoint ?? _origin, _movedAt + (long)(delay.TotalSeconds * _time.TimestampFrequency));
    }
}
