using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Alerts;

/// <summary>
/// Carries what rules have found to their users' grains, each user's in order, one call at a time and again until it is taken. Who
/// gives something to carry learns when it has arrived: no offset is committed before.
/// </summary>
internal sealed partial class AlertPost(
    IGrainFactory grains, GrainInstruments instruments, TimeProvider clock, IHostApplicationLifetime host, ILogger<AlertPost> log)
{
    private const int MostWaiting = 10_000;
    private const int AtOnce = 1_000;
    private static readonly Task<bool> Nothing = Task.FromResult(true);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After that long a user's grain is taken to be broken for itself: were the store away, prices could not be
    /// written either, would be read again, and found again.
    /// </summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Box> _boxes = new(StringComparer.Ordinal);

    /// <summary>Takes findings to their users.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="more">What else must come true; null for nothing.</param>
    /// <returns>
    /// True when they have arrived. False when too much was waiting to take them, once there is room again: the prices they are
    /// of must be given to their locations once more.
    /// </returns>
    public Task<bool> Send(List<AlertFinding> findings, Task<bool>? more = null)
    {
        if (findings.Count == 0) return more ?? Nothing;

        var arrivals = new List<Task<bool>>(1);
        if (more is not null) arrivals.Add(more);
        lock (_gate)
        {
            foreach (var user in findings.GroupBy(static finding => finding.User, static finding => finding.Report))
            {
                var isNew = !_boxes.TryGetValue(user.Key, out var box);
                if (isNew) _boxes[user.Key] = box = new();
                arrivals.Add(box!.Add(user));
                if (isNew) _ = Task.Run(() => DeliverAsync(user.Key, box));
            }
        }

        return arrivals.Count == 1 ? arrivals[0] : AllAsync(arrivals);
    }

    // Its caller is a router that may have gone by then.
    private static async Task<bool> AllAsync(List<Task<bool>> arrivals) =>
        Array.TrueForAll(await Task.WhenAll(arrivals).ConfigureAwait(false), static hasArrived => hasArrived);

    private async Task DeliverAsync(string user, Box box)
    {
        while (true)
        {
            List<AlertReport> reports;
            TaskCompletionSource<bool> arrival;
            lock (_gate)
            {
                if (box.Waiting.Count == 0)
                {
                    _boxes.Remove(user);
                    break;
                }

                (reports, arrival) = box.Take();
            }

            foreach (var some in reports.Chunk(AtOnce))
            {
                if (!await TryDeliverAsync(user, some)) return;
            }

            arrival.SetResult(true);
        }

        box.Emptied.TrySetResult(false);
    }

    /// <returns>False when the host stops: what has not arrived is read again by the partition's next reader.</returns>
    private async Task<bool> TryDeliverAsync(string user, AlertReport[] reports)
    {
        var started = clock.GetTimestamp();
        for (var isFirst = true; !host.ApplicationStopping.IsCancellationRequested; isFirst = false)
        {
            try
            {
                await grains.GetGrain<IAlertRulesGrain>(user).ReportAsync(reports).WaitAsync(Patience, clock, host.ApplicationStopping);
                return true;
            }
            catch (Exception error) when (!host.ApplicationStopping.IsCancellationRequested)
            {
                // Whatever it is, only its end counts.
                if (isFirst) LogAway(reports.Length, error.Message);
                if (clock.GetElapsedTime(started) > GiveUpAfter)
                {
                    instruments.AlertsGivenUp(reports.Length);
                    LogGivenUp(reports.Length, error);
                    return true;
                }
            }
            catch (OperationCanceledException)
            {
                return false;
            }

            await Task.Delay(Pause, clock, host.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    [LoggerMessage(LogLevel.Warning, "A user's alert rules do not take {Count} reports; they are told again every second and no offset behind them is committed: {Reason}")]
    private partial void LogAway(int count, string reason);

    [LoggerMessage(LogLevel.Error, "A user's alert rules have not taken {Count} reports for ten minutes; these are given up.")]
    private partial void LogGivenUp(int count, Exception error);

    /// <summary>What waits for one user.</summary>
    private sealed class Box
    {
        private TaskCompletionSource<bool> _arrival = New();

        public List<AlertReport> Waiting { get; private set; } = [];

        public TaskCompletionSource<bool> Emptied { get; } = New();

        public Task<bool> Add(IEnumerable<AlertReport> reports)
        {
            if (Waiting.Count >= MostWaiting) return Emptied.Task;
            Waiting.AddRange(reports);
            return _arrival.Task;
        }

        public (List<AlertReport> Reports, TaskCompletionSource<bool> Arrival) Take()
        {
            var taken = (Waiting, _arrival);
            (Waiting, _arrival) = ([], New());
            return taken;
        }

        private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
