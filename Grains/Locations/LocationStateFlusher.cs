using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Grains.Locations;

/// <summary>
/// Writes the rolling states of this silo's changed locations to the history now and then, in batches. What is
/// not flushed when a silo dies is worked out again from the history's tail.
/// </summary>
internal sealed partial class LocationStateFlusher(
    ILocationStateStore store, TimeProvider clock, ILogger<LocationStateFlusher> log) : BackgroundService
{
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<(IGrainContext Location, Func<LocationState?> Take)> _dirty = new();
    private readonly ConcurrentDictionary<LocationId, LocationState> _kept = new();
    private bool _away;

    /// <summary>Notes that a location has changed; at the next flush its state is taken.</summary>
    /// <param name="location">The activation.</param>
    /// <param name="take">Gives its state, or null for none; run on the activation's scheduler.</param>
    public void Enqueue(IGrainContext location, Func<LocationState?> take) => _dirty.Enqueue((location, take));

    /// <summary>Takes the last state of a location that is going.</summary>
    public void Keep(LocationState state) => _kept[state.Location] = state;

    /// <summary>Flushes all that has changed.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var count = _dirty.Count; count > 0; count -= BatchSize)
            {
                await CollectAsync(Math.Min(count, BatchSize));
                await SaveKeptAsync(cancellationToken);
            }

            await SaveKeptAsync(cancellationToken);
            if (_away) LogStoreBack();
            _away = false;
        }
        catch (HistoryUnavailableException error)
        {
            // The states are still kept, one a location, and go with the next flush.
            if (!_away) LogStoreAway(error);
            _away = true;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await FlushAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // A fault in saving what can be worked out again must not stop the silo.
                LogFlushFailed(error);
            }
        }
    }

    private async Task CollectAsync(int count)
    {
        var turns = new List<Task>(count);
        while (turns.Count < count && _dirty.TryDequeue(out var changed))
        {
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            turns.Add(turn.Task);
            changed.Location.Scheduler.QueueAction(() =>
            {
                try
                {
                    if (changed.Take() is { } state) Keep(state);
                }
                catch (Exception error)
                {
                    // One location's fault must not keep the others from being saved.
                    LogNotTaken(changed.Location.GrainId, error);
                }
                finally
                {
                    turn.SetResult();
                }
            });
        }

        await Task.WhenAll(turns);
    }

    private async Task SaveKeptAsync(CancellationToken cancellationToken)
    {
        if (_kept.IsEmpty) return;

        foreach (var states in _kept.Values.Chunk(BatchSize))
        {
            await SaveAsync(states, cancellationToken);
            foreach (var state in states) _kept.TryRemove(new(state.Location, state));
        }
    }

    // A batch that the store rejects is halved until the one bad state stands alone.
    private async Task SaveAsync(ArraySegment<LocationState> states, CancellationToken cancellationToken)
    {
        try
        {
            await store.SaveAsync(states, cancellationToken);
        }
        catch (HistoryRejectedException error) when (states.Count == 1)
        {
            LogSetAside(states[0].Location, error);
        }
        catch (HistoryRejectedException)
        {
            await SaveAsync(states[..(states.Count / 2)], cancellationToken);
            await SaveAsync(states[(states.Count / 2)..], cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Location states cannot be saved for now; they are kept and saved later.")]
    private partial void LogStoreAway(Exception error);

    [LoggerMessage(LogLevel.Error, "The state of {Location} cannot be taken; its next change tries again.")]
    private partial void LogNotTaken(GrainId location, Exception error);

    [LoggerMessage(LogLevel.Error, "The history will never take the state of {Location}; it is set aside, and worked out from the history's tail when it is needed.")]
    private partial void LogSetAside(LocationId location, Exception error);

    [LoggerMessage(LogLevel.Error, "Saving location states failed; the next flush goes on with what is left.")]
    private partial void LogFlushFailed(Exception error);

    [LoggerMessage(LogLevel.Information, "Location states are being saved again.")]
    private partial void LogStoreBack();
}
