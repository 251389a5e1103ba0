using System.Diagnostics;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>One consumer's place in a <see cref="PartitionCache"/>.</summary>
internal sealed class PartitionCursor(PartitionCache cache, long next) : IQueueCacheCursor
{
    private IKafkaBatchContainer? _current;
    private long _next = next;
    private long _since;
    private bool _failed;

    /// <summary>True while a batch is being delivered.</summary>
    public bool IsAtWork => _current is not null && !_failed;

    /// <summary>Number of the first batch that must stay in the cache for this cursor.</summary>
    public long Holds => _current is null ? _next : _next - 1;

    public IBatchContainer? GetCurrent(out Exception? exception)
    {
        exception = null;
        return _current;
    }

    public bool MoveNext()
    {
        if (_current is { } taken && !_failed) cache.MarkTaken(_next - 1, taken, Stopwatch.GetElapsedTime(_since));
        _current = null;
        _failed = false;
        cache.DropPassed();
        if (!cache.TryGet(_next, out var number, out var container)) return false;
        _current = container;
        _next = number + 1;
        _since = Stopwatch.GetTimestamp();
        return true;
    }

    public void Refresh(StreamSequenceToken token)
    {
        // A cursor always knows its place; there is nothing to look up.
    }

    public void RecordDeliveryFailure()
    {
        if (_current is not { } failed) return;
        _failed = true;
        cache.Fail(failed);
    }

    public void Dispose()
    {
        _current = null;
        cache.Remove(this);
    }
}
