using System.Diagnostics.Metrics;
using System.Threading.Channels;
using OptiBid.History;

namespace OptiBid.Gateway.Audit;

/// <summary>
/// Records on their way to the store, up to <see cref="AuditOptions.Buffer"/>. Adding one never waits: what finds no room is
/// given up, counted in <c>optibid.gateway.audit.lost</c> and said once in the log until the store takes records again.
/// </summary>
internal sealed partial class AuditQueue
{
    private readonly Channel<AuditRecord> _records = Channel.CreateUnbounded<AuditRecord>(new() { SingleReader = true });
    private readonly int _buffer;
    private readonly Counter<long> _lostCounter;
    private readonly ILogger<AuditQueue> _log;
    private int _waiting;
    private long _lost;

    public AuditQueue(AuditOptions options, IMeterFactory meters, ILogger<AuditQueue> log)
    {
        (_buffer, _log) = (options.Buffer, log);
        var meter = meters.Create("OptiBid.Gateway");
        _lostCounter = meter.CreateCounter<long>("optibid.gateway.audit.lost", "{record}", "Records of the audit log that were given up");
        meter.CreateObservableGauge("optibid.gateway.audit.waiting", () => Volatile.Read(ref _waiting), "{record}", "Records of the audit log that wait for the store");
    }

    /// <summary>Adds a record, or gives it up.</summary>
    /// <param name="record">The record.</param>
    /// <param name="mayFill">Share of the buffer that records of its kind may fill.</param>
    public void Add(AuditRecord record, double mayFill = 1)
    {
        if (Interlocked.Increment(ref _waiting) > _buffer * mayFill || !_records.Writer.TryWrite(record))
        {
            Interlocked.Decrement(ref _waiting);
            GiveUp(1, "there is no room for more");
        }
    }

    /// <summary>Waits until there is a record.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => _ = await _records.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>The records that wait, the oldest first, as many as asked for at the most. They count as waiting until <see cref="Done"/>.</summary>
    public List<AuditRecord> Take(int most)
    {
        var taken = new List<AuditRecord>();
        while (taken.Count < most && _records.Reader.TryRead(out var record)) taken.Add(record);
        return taken;
    }

    /// <summary>Says that so many of those taken are with the store.</summary>
    public void Done(int count)
    {
        Interlocked.Add(ref _waiting, -count);
        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost) LogLostInAll(lost);
    }

    /// <summary>Gives up records that were taken.</summary>
    public void GiveUpTaken(int count, string reason)
    {
        Interlocked.Add(ref _waiting, -count);
        GiveUp(count, reason);
    }

    private void GiveUp(int count, string reason)
    {
        if (count == 0) return;
        _lostCounter.Add(count);
        if (Interlocked.Add(ref _lost, count) == count) LogLost(reason);
    }

    [LoggerMessage(LogLevel.Error, "Records of the audit log are being lost: {Reason}. What administrators did is still in this log, as the event AdminAction.")]
    private partial void LogLost(string reason);

    [LoggerMessage(LogLevel.Error, "Records of the audit log that were lost until now: {Lost}.")]
    private partial void LogLostInAll(long lost);
}
