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

    private readonly ConcurrentQueue<LocationGrain> _dirty = new();
    private readonly ConcurrentDictionary<LocationId, LocationState> _kept = new();
    private bool _away;

    /// <summary>Notes that a location has changed; it is asked for its state at the next flush.</summary>
    public void Enqueue(LocationGrain grain) => _dirty.Enqueue(grain);

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
        while (await timer.WaitForNextTickAsync(stoppingToken)) await FlushAsync(stoppingToken);
    }

    private async Task CollectAsync(int count)
    {
        var turns = new List<Task>(count);
        while (turns.Count < count && _dirty.TryDequeue(out var grain))
        {
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            turns.Add(turn.Task);
            grain.Context.Scheduler.QueueAction(() =>
            {
                // One that is going has handed its state over itself.
                if (grain.IsActive) Keep(grain.Save());
                turn.SetResult();
            });
        }

        await Task.WhenAll(turns);
    }

    private async Task SaveKeptAsync(CancellationToken cancellationToken)
    {
        if (_kept.IsEmpty) return;

        LocationState[] states = [.. _kept.Values];
        await store.SaveAsync(states, cancellationToken);
        foreach (var state in states) _kept.TryRemove(new(state.Location, state));
    }

    [LoggerMessage(LogLevel.Warning, "Location states cannot be saved for now; they are kept and saved later.")]
    private partial void LogStoreAway(Exception error);

    [LoggerMessage(LogLevel.Information, "Location states are being saved again.")]
    private partial void LogStoreBack();
}
