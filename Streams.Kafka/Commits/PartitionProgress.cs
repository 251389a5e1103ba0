using OptiBid.Streams.Kafka.Observability;
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
    private readonly PendingBatches _pending = new();
    private OffsetWatermark? _watermark;
    private long _committed;
    private long _delivered;
    private long _movedAt;
    private long? _outOfLog;
    private (long From, long To) _lost;
    private int _rewinds;
    private bool _isAnotherLog;
    private bool _closed;

    public PartitionProgress(KafkaPartition partition, SiloAddress reader, Func<long> nextEpoch, TimeProvider time) =>
        (_partition, _reader, _nextEpoch, _time) = (partition, reader, nextEpoch, time);

    /// <summary>From where the partition is to be read; null until the cluster has said what is committed.</summary>
    public ReadingStart? Start { get; private set => Volatile.Write(ref field, value); }

    /// <summary>The epoch of the present reading; 0 before the first.</summary>
    public long Epoch => Start?.Epoch ?? 0;

    /// <summary>Begins the first reading.</summary>
    /// <param name="offset">What the group has committed, or else where the log begins.</param>
    public void Begin(long offset)
    {
        lock (_lock)
        {
            if (_watermark is not null || _closed) return;
            _watermark = new OffsetWatermark(_nextEpoch(), offset);
            _committed = offset;
            StartReading(_watermark, TimeSpan.Zero);
        }
    }

    /// <summary>Hands out records.</summary>
    /// <returns>False when the epoch they were read in is over.</returns>
    public bool TryTake(long epoch, long first, long last, out KafkaBatchPosition position)
    {
        position = default;
        lock (_lock)
        {
            if (_closed || _watermark is not { } watermark || epoch != watermark.Epoch) return false;
            var (from, next) = watermark.Take(first, last);
            position = new KafkaBatchPosition(_partition.Topic, _partition.Number, epoch, from, next, _reader);
            return true;
        }
    }

    /// <summary>Notes that a batch has been handed to its consumer.</summary>
    /// <param name="position">The batch.</param>
    /// <param name="processing">What to end when it is complete or given up.</param>
    public void MarkDelivered(in KafkaBatchPosition position, Processing? processing)
    {
        lock (_lock)
        {
            if (_closed || position.Epoch != _watermark?.Epoch)
            {
                processing?.GiveUp();
                return;
            }

            if (_delivered <= _watermark.CommitPoint) _movedAt = _time.GetTimestamp();
            _delivered = Math.Max(_delivered, position.NextOffset);
            if (processing is not null && position.NextOffset > _watermark.CommitPoint) _pending.Add(position.NextOffset, processing);
        }
    }

    /// <summary>Notes that a batch is complete.</summary>
    /// <returns>False when it belongs to an earlier epoch, or to a partition that has been handed over.</returns>
    public bool Complete(in KafkaBatchPosition position)
    {
        lock (_lock)
        {
            if (_closed || _watermark is not { } watermark) return false;
            var before = watermark.CommitPoint;
            if (!watermark.Complete(position.Epoch, position.FirstOffset, position.NextOffset)) return false;
            _pending.Complete(position.NextOffset);
            if (watermark.CommitPoint == before) return true;
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
            if (_closed || _watermark is not { } watermark || epoch != watermark.Epoch) return false;
            watermark.Rewind(_nextEpoch());
            var delay = TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(_rewinds, 20)));
            _rewinds++;
            StartReading(watermark, delay);
            return true;
        }
    }

    /// <summary>Rewinds since anything was completed: more than a few mean a consumer that keeps failing.</summary>
    public int RewindsWithoutProgress
    {
        get
        {
            lock (_lock) return _rewinds;
        }
    }

    /// <summary>Notes that the cluster has no record at an offset which reading should go on from.</summary>
    public void MarkOutOfLog(ReadingStart start, long offset)
    {
        lock (_lock)
        {
            if (ReferenceEquals(start, Start)) _outOfLog = offset;
        }
    }

    /// <summary>The offset that was not there, while it is to be found out what is.</summary>
    public long? OutOfLog
    {
        get
        {
            lock (_lock) return _closed ? null : _outOfLog;
        }
    }

    /// <summary>
    /// Goes on where the log really is. Records that were deleted before they were read are passed over, and
    /// counted; a log that ends before them is another one, and is read from its beginning.
    /// </summary>
    /// <param name="low">Where the log begins.</param>
    /// <param name="high">Where it ends.</param>
    /// <returns>How many offsets are gone for good, counting each once; 0 for another log.</returns>
    public long FindInLog(long low, long high)
    {
        lock (_lock)
        {
            if (_outOfLog is not { } offset || _watermark is not { } watermark) return 0;
            _outOfLog = null;
            var isAnotherLog = offset > high;
            if (isAnotherLog) watermark.Restart(_nextEpoch(), low);
            _isAnotherLog |= isAnotherLog;
            if (isAnotherLog) StartReading(watermark, TimeSpan.Zero);
            else Start = new ReadingStart(watermark.Epoch, Math.Max(low, offset), _time.GetTimestamp());
            return isAnotherLog || low <= offset ? 0 : CountLost(offset, low);
        }
    }

    /// <summary>From now on nothing is handed out, completed or rewound; the commit point can still be committed.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _pending.GiveUp();
        }
    }

    /// <summary>The offset to commit, when it has moved since the last successful commit.</summary>
    public long? Uncommitted
    {
        get
        {
            lock (_lock) return _watermark is { } watermark && (watermark.CommitPoint > _committed || _isAnotherLog) ? watermark.CommitPoint : null;
        }
    }

    /// <summary>The offset known to be committed, or the one reading began at; null before that is known.</summary>
    public long? Committed
    {
        get
        {
            lock (_lock) return _watermark is null ? null : _committed;
        }
    }

    /// <summary>False when the stored offset belongs to a log that is gone, so that a lower one must replace it.</summary>
    public bool StoredOffsetCounts
    {
        get
        {
            lock (_lock) return !_isAnotherLog;
        }
    }

    /// <summary>Notes what is stored now: by this silo's commit, or by another silo's that was further.</summary>
    public void MarkCommitted(long offset)
    {
        lock (_lock)
        {
            _committed = _isAnotherLog ? offset : Math.Max(_committed, offset);
            _isAnotherLog = false;
        }
    }

    /// <summary>True when all that consumers were given is complete.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_lock) return _watermark is null || _watermark.CommitPoint >= _delivered;
        }
    }

    /// <summary>True when consumers hold records and the commit point has not moved for so long.</summary>
    public bool HasStoodStillFor(TimeSpan limit)
    {
        lock (_lock) return !_closed && _watermark?.CommitPoint < _delivered && _time.GetElapsedTime(_movedAt) > limit;
    }

    private void StartReading(OffsetWatermark watermark, TimeSpan delay)
    {
        _pending.GiveUp();
        _delivered = watermark.CommitPoint;
        _outOfLog = null;
        _movedAt = _time.GetTimestamp();
        Start = new ReadingStart(watermark.Epoch, watermark.CommitPoint, _movedAt + (long)(delay.TotalSeconds * _time.TimestampFrequency));
    }

    private long CountLost(long from, long to)
    {
        var known = Math.Max(0, Math.Min(to, _lost.To) - Math.Max(from, _lost.From));
        _lost = (known > 0 ? Math.Min(from, _lost.From) : from, to);
        return to - from - known;
    }
}
