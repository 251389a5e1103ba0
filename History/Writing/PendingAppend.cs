using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Writing;

/// <summary>One append on its way: it may be written in parts, and is answered once, when the last part is settled or the first given up.</summary>
internal sealed class PendingAppend(ReadOnlyMemory<PriceTick> ticks, Action<AppendOutcome> completed)
{
    private readonly List<RejectedTick> _rejected = [];
    private int _left = ticks.Length;
    private int _answered;

    public ReadOnlyMemory<PriceTick> Ticks { get; } = ticks;

    /// <summary>How much of it has been taken into batches; guarded by the buffer.</summary>
    public int Taken { get; set; }

    /// <summary>Notes that the store can never take one of its ticks. Parts of it may be with several writers.</summary>
    public void Reject(RejectedTick tick)
    {
        lock (_rejected) _rejected.Add(tick);
    }

    /// <summary>A part of it is durable (or set aside). True when that was the last and the caller is now to be told.</summary>
    public bool Settle(int count) => Interlocked.Add(ref _left, -count) == 0 && Interlocked.Exchange(ref _answered, 1) == 0;

    /// <summary>It is given up. True when the caller is now to be told.</summary>
    public bool GiveUp() => Interlocked.Exchange(ref _answered, 1) == 0;

    /// <summary>Tells the caller.</summary>
    public void Answer(bool durable) => completed(new AppendOutcome(durable, _rejected));
}

/// <summary>The part of an append that is in a batch.</summary>
internal readonly record struct AppendPart(PendingAppend Append, int Count);
