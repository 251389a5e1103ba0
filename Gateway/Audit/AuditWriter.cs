using OptiBid.History;

namespace OptiBid.Gateway.Audit;

/// <summary>
/// Brings records to the store in batches, and tries again for as long as the store is away. At the end of the process, once
/// no more calls are answered, what waits is written in one go, or given up when that does not succeed in a few seconds. A
/// batch whose answer got lost on the way is written again, so a record may stand in the log twice, and is never missing for that.
/// </summary>
internal sealed partial class AuditWriter(AuditQueue queue, IAuditLog store, TimeProvider clock, ILogger<AuditWriter> log) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan RetryFrom = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryTo = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(5);

    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var stopping = stoppingToken.Register(() => patience.CancelAfter(FlushTime));
        var pause = RetryFrom;
        List<AuditRecord> batch = [];
        while (true)
        {
            if (batch.Count == 0) batch = queue.Take(BatchSize);
            if (batch.Count == 0)
            {
                if (stoppingToken.IsCancellationRequested) return;
                await queue.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else if (await TryWriteAsync(batch, patience.Token))
            {
                (batch, pause) = ([], RetryFrom);
            }
            else if (stoppingToken.IsCancellationRequested)
            {
                do queue.GiveUpTaken(batch.Count, "the process ends, and the store is away");
                while ((batch = queue.Take(BatchSize)).Count > 0);
                return;
            }
            else
            {
                await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < RetryTo ? pause * 2 : RetryTo;
            }
        }
    }

    private async Task<bool> TryWriteAsync(List<AuditRecord> batch, CancellationToken cancellationToken)
    {
        try
        {
            await store.RecordAsync(batch, cancellationToken);
            if (_isAway) LogBack();
            _isAway = false;
            queue.Done(batch.Count);
            return true;
        }
        catch (HistoryRejectedException error) when (batch.Count == 1)
        {
            LogRejected(error.Message);
            queue.GiveUpTaken(1, "the store refuses a record for what it is");
            return true;
        }
        catch (HistoryRejectedException)
        {
            return await TryWriteEachAsync(batch, cancellationToken);
        }
        catch (Exception error)
        {
            // Whatever keeps the store from taking records, they are kept and tried again.
            if (!_isAway) LogAway(error.Message);
            _isAway = true;
            return false;
        }
    }

    /// <summary>One by one, so that a record that no store takes harms no other; leaves in the batch what is still to be written.</summary>
    private async Task<bool> TryWriteEachAsync(List<AuditRecord> batch, CancellationToken cancellationToken)
    {
        while (batch.Count > 0)
        {
            if (!await TryWriteAsync([batch[0]], cancellationToken)) return false;
            batch.RemoveAt(0);
        }

        return true;
    }

    [LoggerMessage(LogLevel.Warning, "The audit log cannot be written; its records wait. {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Information, "The audit log is written again.")]
    private partial void LogBack();

    [LoggerMessage(LogLevel.Error, "A record of the audit log is lost. {Reason}")]
    private partial void LogRejected(string reason);
}
