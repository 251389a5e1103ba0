using System.Diagnostics.CodeAnalysis;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>
/// The few decoded batches between a partition's pulling agent and its consumer: first in, first out, one stream.
/// A batch stays until every cursor has passed it, and a new cursor starts at the oldest, so none can be skipped
/// or missed; only a rewind removes batches undelivered, because they are read again. Used in the agent's turns
/// alone.
/// </summary>
/// <param name="reader">Told of what goes wrong.</param>
/// <param name="completeOnDelivery">True when a batch is complete as soon as its consumer has returned.</param>
internal sealed class PartitionCache(IPartitionWatch reader, bool completeOnDelivery) : IQueueCache
{
    private const int Capacity = 2;
    private readonly List<(long Number, IKafkaBatchContainer Container)> _batches = [];
    private readonly List<PartitionCursor> _cursors = [];
    private PartitionReading? _reading;
    private long _nextNumber;
    private long _taken = -1;

    public PartitionReading Reading => _reading ?? throw new InvalidOperationException("The partition has not been taken over yet.");

    /// <summary>True when another batch may be added.</summary>
    public bool HasRoom
    {
        get
        {
            DropStale();
            return _batches.Count < Capacity;
        }
    }

    /// <summary>
    /// The oldest batch when batches wait and no cursor is at work. Given to the agent once more it sets the
    /// cursors going, or makes the agent look for subscribers again; here it is not added twice.
    /// </summary>
    public IKafkaBatchContainer? Stalled
    {
        get
        {
            DropStale();
            return _batches.Count > 0 && !_cursors.Exists(cursor => cursor.IsAtWork) ? _batches[0].Container : null;
        }
    }

    public void Attach(PartitionReading reading) => _reading = reading;

    public int GetMaxAddCount() => Capacity;

    public void AddToCache(IList<IBatchContainer> messages)
    {
        foreach (var container in messages.Cast<IKafkaBatchContainer>())
        {
            if (_batches.Exists(batch => ReferenceEquals(batch.Container, container))) continue;
            _batches.Add((_nextNumber++, container));
        }
    }

    public bool TryPurgeFromCache([MaybeNullWhen(false)] out IList<IBatchContainer> purgedItems)
    {
        purgedItems = null;
        return false;
    }

    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token)
    {
        var cursor = new PartitionCursor(this, _batches.Count > 0 ? _batches[0].Number : _nextNumber);
        _cursors.Add(cursor);
        return cursor;
    }

    /// <summary>Whatever position is asked for: the commit point says where reading begins, and the oldest batch is next.</summary>
    public QueueCacheCursorResult<IQueueCacheCursor> TryGetCacheCursorAtPosition(StreamId streamId, StreamSubscriptionStartPosition startPosition) =>
        QueueCacheCursorResult<IQueueCacheCursor>.FromCursor(GetCacheCursor(streamId, null));

    /// <summary>Always false: room is the receiver's matter, and the agent would log every refusal.</summary>
    public bool IsUnderPressure() => false;

    internal bool TryGet(long atLeast, out long number, [MaybeNullWhen(false)] out IKafkaBatchContainer container)
    {
        DropStale();
        var index = _batches.FindIndex(batch => batch.Number >= atLeast);
        (number, container) = index < 0 ? default : _batches[index];
        if (container is null) return false;
        Reading.Progress.MarkDelivered(container.Position, container.Processing);
        return true;
    }

    /// <summary>Notes that a cursor's consumer has taken a batch.</summary>
    internal void MarkTaken(long number, IKafkaBatchContainer container, TimeSpan duration)
    {
        // Batches are numbered in order and none is given to a second cursor once its consumer has returned,
        // unless there are two consumers.
        if (number <= _taken) reader.ReportSecondConsumer(Reading.Partition);
        _taken = Math.Max(_taken, number);
        container.Processing?.Delivered(duration);
        if (completeOnDelivery && Reading.Progress.Complete(container.Position)) reader.ReportProgress(Reading.Partition);
    }

    /// <summary>Drops the batches all cursors have passed.</summary>
    internal void DropPassed()
    {
        if (_cursors.Count == 0) return;
        var passed = _cursors.Min(cursor => cursor.Holds);
        if (_batches.RemoveAll(batch => batch.Number < passed) > 0) _reading?.Wake.Set();
    }

    internal void Remove(PartitionCursor cursor)
    {
        _cursors.Remove(cursor);
        DropPassed();
    }

    internal void Fail(IKafkaBatchContainer container) =>
        reader.Rewind(Reading.Partition, container.Position.Epoch, "its consumer failed for as long as a delivery is retried");

    private void DropStale()
    {
        if (_batches.Count == 0 || _reading is null) return;
        var epoch = _reading.Progress.Epoch;
        foreach (var (_, container) in _batches)
        {
            if (container.Position.Epoch != epoch) container.Processing?.GiveUp();
        }

        _batches.RemoveAll(batch => batch.Container.Position.Epoch != epoch);
    }
}
