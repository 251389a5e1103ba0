using Microsoft.Extensions.Logging;
using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones.Backfills;

/// <summary>Runs a zone's backfills one after the other, and keeps their states with the cursors. For one activation.</summary>
/// <param name="feeds">The zone's feeds that read the past.</param>
/// <param name="runner">Runs one.</param>
/// <param name="state">Where they are kept.</param>
/// <param name="save">Has that saved.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The log.</param>
internal sealed partial class BackfillKeeper(
    IReadOnlyList<IMarketFeed> feeds, BackfillRunner runner, ConnectorCursors state, Func<Task> save, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _asked = new(0);
    private (string Id, CancellationTokenSource Cancellation)? _running;

    /// <summary>All that are remembered, newest first.</summary>
    public BackfillStatus[] All => [.. state.Backfills.AsEnumerable().Reverse()];

    /// <summary>Puts a request in the queue, feed by feed.</summary>
    /// <exception cref="BackfillRefusedException">It cannot be had.</exception>
    public async Task<BackfillStatus[]> AddAsync(BackfillRequest request)
    {
        var jobs = BackfillCheck.Accept(request, feeds, clock.GetUtcNow());
        state.Backfills = BackfillQueue.Add(state.Backfills, jobs);
        await save();
        _asked.Release();
        return jobs;
    }

    /// <summary>Ends what is left of a request; empty when there is none of that id.</summary>
    public async Task<BackfillStatus[]> CancelAsync(string request)
    {
        var left = state.Backfills.Where(job => job.Request == request && !job.IsEnded).ToArray();
        foreach (var job in left)
        {
            state.Backfills = BackfillQueue.Replace(state.Backfills, job with { State = BackfillState.Cancelled, EndedAt = clock.GetUtcNow() });
            if (_running is { } running && running.Id == job.Id) await running.Cancellation.CancelAsync();
        }

        if (left.Length > 0) await save();
        return [.. state.Backfills.Where(job => job.Request == request)];
    }

    /// <summary>Runs what there is, for as long as the activation lives.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            if (state.Backfills.Find(job => !job.IsEnded) is { } next) await RunAsync(next, stopping);
            else await _asked.WaitAsync(stopping);
        }
    }

    private async Task RunAsync(BackfillStatus job, CancellationToken stopping)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _running = (job.Id, cancellation);
        try
        {
            await runner.RunAsync(job, KeepAsync, cancellation.Token);
        }
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            // Cancelled by an administrator, or its state could not be kept: the queue goes on, and it with it unless it has ended.
            if (cancellation.IsCancellationRequested) return;
            NotKept(job.Feed, error);
            await Task.Delay(Pause, clock, stopping);
        }
        finally
        {
            _running = null;
        }
    }

    /// <summary>A cancelled one stays cancelled, whatever its last chunk says.</summary>
    private Task KeepAsync(BackfillStatus job)
    {
        if (state.Backfills.Find(other => other.Id == job.Id) is not { IsEnded: false }) return Task.CompletedTask;
        state.Backfills = BackfillQueue.Replace(state.Backfills, job);
        return save();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: how far the backfill is could not be saved; it goes on shortly")]
    private partial void NotKept(string feed, Exception error);
}
