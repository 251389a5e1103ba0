using System.Diagnostics;
using OptiBid.Benchmarks.Pipeline;

namespace OptiBid.Benchmarks.Streams;

/// <summary>Measures from the first record read to the last: a log that is full already is read at the reader's own speed.</summary>
internal sealed class Drain(long records)
{
    private readonly TaskCompletionSource<Measurement> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process = Process.GetCurrentProcess();
    private Stopwatch? _clock;
    private TimeSpan _cpu;
    private long _read;

    public Task<Measurement> Done => _done.Task;

    /// <summary>Notes that records were read.</summary>
    public void Add(int count)
    {
        if (Interlocked.CompareExchange(ref _clock, Stopwatch.StartNew(), null) is null) _cpu = Cpu();
        if (Interlocked.Add(ref _read, count) == records) _done.TrySetResult(new Measurement(records, Cpu() - _cpu, _clock.Elapsed));
    }

    private TimeSpan Cpu()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }
}
