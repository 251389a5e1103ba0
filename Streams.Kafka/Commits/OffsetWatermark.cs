namespace OptiBid.Streams.Kafka.Commits;

/// <summary>
/// How far a partition has been handed out and how much of it is complete. Everything below
/// <see cref="CommitPoint"/> is complete; nothing else is ever committed. Offsets between two records that do not
/// exist (compacted away, transaction markers) count with the record after them.
/// </summary>
/// <param name="epoch">Number of the first reading.</param>
/// <param name="start">Where it begins: all before it is complete.</param>
/// <remarks>
/// Not thread-safe. What is complete beyond the commit point is kept as merged ranges, so that a consumer that
/// completes nothing for hours costs no memory and one that completes out of order costs as many entries as it
/// leaves holes.
/// </remarks>
internal sealed class OffsetWatermark(long epoch, long start)
{
    private readonly List<(long First, long Next)> _beyond = [];

    /// <summary>Number of the present reading; only what was handed out in it can be completed.</summary>
    public long Epoch { get; private set; } = epoch;

    /// <summary>First offset not known to be complete.</summary>
    public long CommitPoint { get; private set; } = start;

    /// <summary>One past the last offset handed out.</summary>
    public long Next { get; private set; } = start;

    /// <summary>Ranges complete beyond the commit point, waiting for what lies before them.</summary>
    public int Waiting => _beyond.Count;

    /// <summary>Hands out the records from <paramref name="first"/> to <paramref name="last"/>, together with any gap before them.</summary>
    /// <returns>The offsets covered: from where the last hand-out ended to one past the last record.</returns>
    public (long First, long Next) Take(long first, long last)
    {
        var from = Next;
        ArgumentOutOfRangeException.ThrowIfLessThan(first, from);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        Next = last + 1;
        return (from, Next);
    }

    /// <summary>Notes that a range is complete.</summary>
    /// <returns>False, and nothing changes, for a range of another epoch or one that was not handed out in this one.</returns>
    public bool Complete(long epoch, long first, long next)
    {
        if (epoch != Epoch || first >= next || next > Next) return false;
        if (next <= CommitPoint) return true;
        Insert(Math.Max(first, CommitPoint), next);
        if (_beyond[0].First == CommitPoint)
        {
            CommitPoint = _beyond[0].Next;
            _beyond.RemoveAt(0);
        }

        return true;
    }

    /// <summary>Forgets all that was handed out and is not below the commit point; it will be handed out again.</summary>
    public void Rewind(long epoch) => Restart(epoch, CommitPoint);

    /// <summary>Forgets everything and begins at an offset: the partition's log is another one than before.</summary>
    public void Restart(long epoch, long start)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(epoch, Epoch);
        Epoch = epoch;
        Next = CommitPoint = start;
        _beyond.Clear();
    }

    private void Insert(long first, long next)
    {
        // The ranges touching the new one are those from `from` up to, not including, `to`.
        var from = _beyond.FindIndex(range => range.Next >= first);
        if (from < 0)
        {
            _beyond.Add((first, next));
            return;
        }

        var to = from;
        for (; to < _beyond.Count && _beyond[to].First <= next; to++)
        {
            first = Math.Min(first, _beyond[to].First);
            next = Math.Max(next, _beyond[to].Next);
        }

        _beyond.RemoveRange(from, to - from);
        _beyond.Insert(from, (first, next));
    }
}
