using Confluent.Kafka;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>
/// Undecoded records of one partition between the polling thread, which appends, and the partition's pulling
/// agent, which takes them block by block. Bounded: the polling thread holds the partition back when it is full and
/// goes on when half is taken.
/// </summary>
internal sealed class PartitionBuffer(int maxBatch, int maxRecords, int maxBytes, long epoch, WakeSignal wake)
{
    private readonly Lock _lock = new();
    private readonly Queue<RecordBlock> _blocks = new();
    private RecordBlock? _last;
    private RecordBlock? _spare;
    private long _epoch = epoch;
    private int _records;
    private int _bytes;

    public int Records => Volatile.Read(ref _records);

    public bool IsFull => Volatile.Read(ref _records) >= maxRecords || Volatile.Read(ref _bytes) >= maxBytes;

    /// <summary>Low enough to read on after <see cref="IsFull"/>; the gap between the two keeps it from flapping.</summary>
    public bool HasRoom => Volatile.Read(ref _records) <= maxRecords / 2 && Volatile.Read(ref _bytes) <= maxBytes / 2;

    public bool IsEmpty => Records == 0;

    /// <summary>True when waiting longer would not make the next block larger.</summary>
    public bool HasWholeBlock
    {
        get
        {
            lock (_lock) return _blocks.Count > 1 || (_last is { } block && IsWhole(block));
        }
    }

    /// <summary>Appends a record.</summary>
    /// <returns>False when it was read in an epoch that is over.</returns>
    public bool TryAppend(long epoch, long offset, long timestampMs, ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, bool hasValue, Headers? headers)
    {
        bool wakes;
        lock (_lock)
        {
            if (epoch < _epoch) return false;
            if (epoch > _epoch) Reset(epoch);
            if (_last is null || IsWhole(_last))
            {
                _last = _spare ?? new RecordBlock();
                _spare = null;
                _blocks.Enqueue(_last);
            }

            var before = _last.Bytes;
            _last.Add(offset, timestampMs, key, hasKey, value, hasValue, headers);
            wakes = _records == 0;
            _records++;
            _bytes += _last.Bytes - before;
        }

        if (wakes) wake.Set();
        return true;
    }

    /// <summary>Takes the oldest block and the epoch it was read in.</summary>
    public bool TryTake(out RecordBlock block, out long epoch)
    {
        lock (_lock)
        {
            epoch = _epoch;
            if (!_blocks.TryDequeue(out block!)) return false;
            if (block == _last) _last = null;
            _records -= block.Count;
            _bytes -= block.Bytes;
            return true;
        }
    }

    /// <summary>Gives a block back to be filled again.</summary>
    public void Return(RecordBlock block)
    {
        block.Clear();
        if (!block.IsWorthKeeping) return;
        lock (_lock) _spare ??= block;
    }

    /// <summary>Drops what is held of earlier epochs and takes none of their records any more.</summary>
    public void StartEpoch(long epoch)
    {
        lock (_lock)
        {
            if (epoch > _epoch) Reset(epoch);
        }
    }

    private void Reset(long epoch)
    {
        _epoch = epoch;
        _blocks.Clear();
        _last = null;
        _records = _bytes = 0;
    }

    private bool IsWhole(RecordBlock block) => block.Count >= maxBatch || block.Bytes >= maxBytes / 2;
}
