namespace OptiBid.Streams.Kafka.DeadLetters;

/// <summary>
/// Which poison of a partition is on the dead-letter topic already: a rewind reads it again, and it shall not be put
/// there once more. Thread-safe. Bounded; past the bound a letter may be doubled.
/// </summary>
internal sealed class WrittenLetters
{
    private const int Most = 100_000;
    private readonly Lock _lock = new();
    private readonly SortedSet<long> _offsets = [];

    public bool Contains(long offset)
    {
        lock (_lock) return _offsets.Contains(offset);
    }

    /// <param name="offset">Offset of a record whose letter is acknowledged.</param>
    /// <param name="commitPoint">What lies below it is never read again.</param>
    public void Add(long offset, long commitPoint)
    {
        lock (_lock)
        {
            while (_offsets.Count > 0 && (_offsets.Min < commitPoint || _offsets.Count >= Most)) _offsets.Remove(_offsets.Min);
            _offsets.Add(offset);
        }
    }

    /// <summary>Forgets all: the log is another one.</summary>
    public void Clear()
    {
        lock (_lock) _offsets.Clear();
    }
}
