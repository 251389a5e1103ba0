using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OptiBid.Connectors.Time;
using OptiBid.History;

namespace OptiBid.Connectors.Zones.Fetching;

/// <summary>
/// Writes the records of fetches to the history, beside the polling: a store that is away holds up no price. Good fetches of a
/// feed that begin within a minute of each other share a record, else a feed that is asked every second would fill the table.
/// Bounded: what does not fit is dropped, oldest first, and counted in the log.
/// </summary>
internal sealed partial class IngestionRecorder(IIngestionLog log, TimeProvider clock, ILogger<IngestionRecorder> logger) : BackgroundService
{
    /// <summary>Records that wait to be written at the most.</summary>
    public const int WaitingAtMost = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<IngestionRecord> _waiting = [];
    private long _dropped;
    private bool _isAway;

    /// <summary>Takes a record; it is written a little later.</summary>
    public void Record(IngestionRecord record)
    {
        lock (_lock)
        {
            var last = _waiting.FindLastIndex(waiting => waiting.Feed == record.Feed && waiting.Zone == record.Zone);
            if (last >= 0 && Merge(_waiting[last], record) is { } both)
            {
                _waiting[last] = both;
                return;
            }

            if (_waiting.Count >= WaitingAtMost)
            {
                _waiting.RemoveAt(0);
                _dropped++;
            }

            _waiting.Add(record);
        }
    }

    /// <summary>Writes what is old enough to have no more added to it; with <paramref name="all"/> everything.</summary>
    public async Task FlushAsync(bool all, CancellationToken cancellationToken)
    {
        var records = Take(all);
        if (records.Length == 0) return;
        try
        {
            await log.RecordAsync(records, cancellationToken);
            if (_isAway) WrittenAgain(Interlocked.Exchange(ref _dropped, 0));
            _isAway = false;
        }
        catch (HistoryRejectedException error)
        {
            Refused(records.Length, error);
        }
        catch (Exception error)
        {
            // Whatever ails the store, or the end of the host, must stop neither the silo nor the records.
            if (!_isAway) NotWritten(records.Length, error);
            _isAway = true;
            lock (_lock)
            {
                _waiting.InsertRange(0, records);
                var tooMany = Math.Max(0, _waiting.Count - WaitingAtMost);
                _waiting.RemoveRange(0, tooMany);
                _dropped += tooMany;
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await FlushAsync(all: false, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host ends; what waits goes out below.
        }

        using var patience = new CancellationTokenSource(Pause, clock);
        await FlushAsync(all: true, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private IngestionRecord[] Take(bool all)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var isDue = _waiting.ToLookup(record => all || !IsShared(record) || now - record.StartedAt > Together);
            IngestionRecord[] due = [.. isDue[true]];
            IngestionRecord[] rest = [.. isDue[false]];
            _waiting.Clear();
            _waiting.AddRange(rest);
            return due;
        }
    }

    private static bool IsShared(IngestionRecord record) => record is { Outcome: IngestionOutcome.Ok, Reason: IngestionReason.Poll };

    private static IngestionRecord? Merge(IngestionRecord one, IngestionRecord next)
    {
        if (!IsShared(one) || !IsShared(next) || one.Source != next.Source || next.StartedAt - one.StartedAt > Together) return null;
        return one with
        {
            Duration = one.Duration + next.Duration,
            RangeStart = Least(one.RangeStart, next.RangeStart),
            RowsRead = one.RowsRead + next.RowsRead,
            Accepted = one.Accepted + next.Accepted,
            Duplicate = one.Duplicate + next.Duplicate,
            Revised = one.Revised + next.Revised,
            FirstInterval = Least(one.FirstInterval, next.FirstInterval),
            LastInterval = one.LastInterval is { } last && next.LastInterval is { } later ? Instants.Later(last, later) : one.LastInterval ?? next.LastInterval,
        };
    }

    private static DateTimeOffset? Least(DateTimeOffset? one, DateTimeOffset? other) =>
        one is { } first && other is { } second ? Instants.Earlier(first, second) : one ?? other;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} records of fetches could not be written; prices go on, and they are tried again")]
    private partial void NotWritten(int count, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Records of fetches are written again; {Dropped} were dropped meanwhile")]
    private partial void WrittenAgain(long dropped);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} records of fetches were refused by the history and are dropped")]
    private partial void Refused(int count, Exception error);
}
