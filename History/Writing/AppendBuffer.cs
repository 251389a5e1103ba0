using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Writing;

/// <summary>
/// The appends that wait, bounded by the number of their ticks; what writers have taken still counts until they
/// release it. Closed to newcomers while the store is away and what was held has been given up.
/// </summary>
internal sealed class AppendBuffer(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<PendingAppend> _waiting = new();
    private TaskCompletionSource? _arrival;
    private TaskCompletionSource? _room;
    private int _awaited;
    private int _waitingTicks;
    private int _heldTicks;
    private int _largestRefused;
    private bool _refuses;
    private bool _closed;

    /// <summary>Ticks held: waiting and taken.</summary>
    public int Held => Volatile.Read(ref _heldTicks);

    /// <summary>True while appends are refused because the store is away.</summary>
    public bool Refuses
    {
        get
        {
            lock (_gate) return _refuses;
        }
    }

    /// <summary>True when an append has been refused for want of room and there is still none.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate) return _largestRefused > 0 && !HasRoom(_largestRefused);
        }
    }

    /// <summary>True once nothing more comes in.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate) return _closed;
        }
    }

    public bool TryAdd(PendingAppend append)
    {
        lock (_gate)
        {
            var count = append.Ticks.Length;
            if (_closed || _refuses) return false;
            if (!HasRoom(count))
            {
                _largestRefused = Math.Max(_largestRefused, count);
                return false;
            }

            _waiting.Enqueue(append);
            _waitingTicks += count;
            _heldTicks += count;
            SignalArrival();
            return true;
        }
    }

    /// <summary>Fills a batch; returns its length and notes which appends it is made of.</summary>
    public int Take(PriceTick[] batch, List<AppendPart> parts)
    {
        lock (_gate)
        {
            var length = 0;
            while (length < batch.Length && _waiting.TryPeek(out var append))
            {
                var count = Math.Min(batch.Length - length, append.Ticks.Length - append.Taken);
                append.Ticks.Span.Slice(append.Taken, count).CopyTo(batch.AsSpan(length));
                append.Taken += count;
                if (append.Taken == append.Ticks.Length) _ = _waiting.Dequeue();
                parts.Add(new(append, count));
                length += count;
            }

            _waitingTicks -= length;
            return length;
        }
    }

    /// <summary>Completes when so many ticks wait, or nothing will come any more. For one caller at a time.</summary>
    public Task WaitForAsync(int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waitingTicks >= count || _closed) return Task.CompletedTask;

            _awaited = count;
            _arrival = NewSignal();
            return _arrival.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ticks taken before are settled; their room is free.</summary>
    public void Release(int count)
    {
        lock (_gate)
        {
            _heldTicks -= count;
            SignalRoom();
        }
    }

    /// <summary>Empties the buffer and refuses appends until <see cref="Accept"/>.</summary>
    /// <returns>What was in it.</returns>
    public IReadOnlyList<PendingAppend> Refuse()
    {
        lock (_gate)
        {
            _refuses = true;
            return Drain();
        }
    }

    /// <summary>Takes appends again.</summary>
    public void Accept()
    {
        lock (_gate)
        {
            _refuses = false;
            SignalRoom();
        }
    }

    /// <summary>Takes no appends any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            SignalArrival();
            _room?.TrySetCanceled();
        }
    }

    /// <summary>Takes everything out.</summary>
    public IReadOnlyList<PendingAppend> Empty()
    {
        lock (_gate) return Drain();
    }

    /// <summary>Completes when what was refused last would find room, with some to spare so that room is not given out tick by tick.</summary>
    public Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_closed) return Task.FromCanceled(new(canceled: true));
            if (IsRoomy()) return Task.CompletedTask;

            _room ??= NewSignal();
            return _room.Task.WaitAsync(cancellationToken);
        }
    }

    // An append larger than the whole buffer is let in alone, or it never could be.
    private bool HasRoom(int count) => _heldTicks == 0 || _heldTicks + (long)count <= capacity;

    private bool IsRoomy() => !_refuses && (_heldTicks == 0 || _heldTicks <= Math.Min(capacity / 2, capacity - _largestRefused));

    private void SignalArrival()
    {
        if (_waitingTicks >= _awaited || _closed) _arrival?.TrySetResult();
    }

    private void SignalRoom()
    {
        if (!IsRoomy()) return;

        _largestRefused = 0;
        _room?.TrySetResult();
        _room = null;
    }

    private PendingAppend[] Drain()
    {
        PendingAppend[] drained = [.. _waiting];
        _waiting.Clear();
        _heldTicks -= _waitingTicks;
        _waitingTicks = 0;
        return drained;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
