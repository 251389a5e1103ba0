namespace OptiBid.History.Writing;

/// <summary>How the writer gathers and retries; section <c>History:Writer</c> of the configuration.</summary>
public sealed class HistoryWriterOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "History:Writer";

    /// <summary>Ticks held at the most, waiting and being written. <c>History:Writer:BufferTicks</c>, default 500,000 (about 100 MB).</summary>
    public int BufferTicks { get; set; } = 500_000;

    /// <summary>Ticks in one write at the most. <c>History:Writer:BatchTicks</c>, default 10,000.</summary>
    public int BatchTicks { get; set; } = 10_000;

    /// <summary>How long a busy writer waits for a batch to fill. <c>History:Writer:Linger</c>, default 50 ms. An idle writer does not wait.</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Writes at the same time. <c>History:Writer:Writers</c>, default 2; the embedded store has one writer whatever is set.</summary>
    public int Writers { get; set; } = 2;

    /// <summary>How long ticks are held while the store is away before they are given up, to be read again from Kafka. <c>History:Writer:HoldTime</c>, default 30 s.</summary>
    public TimeSpan HoldTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>First pause after a failed write; it doubles up to <see cref="RetryTo"/>. <c>History:Writer:RetryFrom</c>, default 100 ms.</summary>
    public TimeSpan RetryFrom { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause between tries. <c>History:Writer:RetryTo</c>, default 5 s.</summary>
    public TimeSpan RetryTo { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stopping host waits for what is held to be written. <c>History:Writer:FlushTime</c>, default 15 s.</summary>
    public TimeSpan FlushTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The fault in these options, or null.</summary>
    internal string? Fault() =>
        BatchTicks < 1 ? $"History:Writer:BatchTicks is {BatchTicks}; it must be at least 1."
        : BufferTicks < BatchTicks ? $"History:Writer:BufferTicks is {BufferTicks}; it must be at least BatchTicks ({BatchTicks})."
        : Linger < TimeSpan.Zero ? $"History:Writer:Linger is {Linger}; it must not be negative."
        : Writers is < 1 or > 32 ? $"History:Writer:Writers is {Writers}; it must be 1 to 32."
        : RetryFrom <= TimeSpan.Zero ? $"History:Writer:RetryFrom is {RetryFrom}; it must be above zero."
        : RetryTo < RetryFrom ? $"History:Writer:RetryTo is {RetryTo}; it must be at least RetryFrom ({RetryFrom})."
        : HoldTime < TimeSpan.Zero ? $"History:Writer:HoldTime is {HoldTime}; it must not be negative."
        : FlushTime < TimeSpan.Zero ? $"History:Writer:FlushTime is {FlushTime}; it must not be negative."
        : null;
}
