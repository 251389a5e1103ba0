using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;
using Orleans.Concurrency;

namespace OptiBid.Grains.Locations;

/// <summary>
/// The one place that knows how a silo reaches a location: a location that lives here gets its turn queued on its
/// own scheduler, which costs a fraction of a message; any other, or one not yet awake, gets an ordinary grain
/// call, and is asked to move here if it answered from elsewhere. For one caller at a time: its buffers are reused.
/// </summary>
internal sealed partial class LocationTurns(
    ActiveLocations active, IGrainFactory grains, ILocalSiloDetails silo, GrainInstruments instruments, ILogger<LocationTurns> log)
{
    private const int CallsAtOnce = 512;

    private readonly List<Turn> _turns = [];
    private readonly List<Turn> _calls = [];

    /// <summary>Gives every location its ticks in one turn and waits for all of them.</summary>
    /// <param name="batch">The ticks, grouped; each gets its revision.</param>
    /// <param name="newest">Receives the newest prices that moved.</param>
    /// <param name="found">Receives what rules of alerts have found, each location's in order.</param>
    public async Task ApplyAsync(LocationBatch batch, List<PriceUpdate> newest, List<AlertFinding> found)
    {
        var pending = new Countdown();
        _calls.Clear();
        while (_turns.Count < batch.Locations.Count) _turns.Add(new Turn(this));
        for (var i = 0; i < batch.Locations.Count; i++)
        {
            var (start, count) = batch.Locations[i];
            var turn = _turns[i];
            turn.Prepare(batch.Ticks.AsMemory(start, count), batch.Kinds.AsMemory(start, count), pending);
            if (active.TryGet(turn.Id, out var grain))
            {
                pending.Add();
                turn.QueueOn(grain);
            }
            else
            {
                _calls.Add(turn);
            }
        }

        pending.Release();
        await pending.Completed;

        // An activation that was going when its turn came did not take it.
        for (var i = 0; i < batch.Locations.Count; i++)
        {
            if (_turns[i].WasRefused) _calls.Add(_turns[i]);
        }

        for (var i = 0; i < _calls.Count; i += CallsAtOnce)
        {
            await Task.WhenAll(_calls.Skip(i).Take(CallsAtOnce).Select(CallAsync));
        }

        instruments.Turns(batch.Locations.Count - _calls.Count, _calls.Count);
        for (var i = 0; i < batch.Locations.Count; i++)
        {
            newest.AddRange(_turns[i].Newest);
            found.AddRange(_turns[i].Found);
        }
    }

    private async Task CallAsync(Turn turn)
    {
        var location = grains.GetGrain<ILocationGrain>(turn.Id.ToString());
        var result = await location.ApplyAsync(turn.Ticks.ToArray().AsImmutable());
        result.Ticks.CopyTo(turn.Ticks);
        result.Kinds.CopyTo(turn.Kinds);
        turn.Newest.AddRange(result.Newest);
        turn.Found.AddRange(result.Findings);
        if (!result.Host.Equals(silo.SiloAddress)) await location.MoveToAsync(silo.SiloAddress);
    }

    [LoggerMessage(LogLevel.Error, "A turn of {Location} failed; its ticks go to the history and its live price waits for the next.")]
    private partial void LogTurnFailed(LocationId location, Exception error);

    /// <summary>One location's turn; kept and filled again for the next batch.</summary>
    private sealed class Turn(LocationTurns owner)
    {
        private static readonly Action<object> Run = static turn => ((Turn)turn).Execute();

        private LocationGrain? _grain;
        private Countdown _pending = null!;

        public LocationId Id { get; private set; }

        public Memory<PriceTick> Ticks { get; private set; }

        public Memory<TickKind> Kinds { get; private set; }

        public List<PriceUpdate> Newest { get; } = new(1);

        public List<AlertFinding> Found { get; } = [];

        public bool WasRefused { get; private set; }

        public void Prepare(Memory<PriceTick> ticks, Memory<TickKind> kinds, Countdown pending)
        {
            Id = ticks.Span[0].LocationId;
            (Ticks, Kinds, _pending, WasRefused) = (ticks, kinds, pending, false);
            Newest.Clear();
            Found.Clear();
        }

        public void QueueOn(LocationGrain grain)
        {
            _grain = grain;
            grain.Context.Scheduler.QueueAction(Run, this);
        }

        private void Execute()
        {
            try
            {
                if (_grain!.IsActive) _grain.Apply(Ticks.Span, Kinds.Span, Newest, Found);
                else WasRefused = true;
            }
            catch (Exception error)
            {
                // A fault in one location must not stop its partition; the ticks still reach the history.
                owner.LogTurnFailed(Id, error);
            }
            finally
            {
                _pending.Release();
            }
        }
    }

    /// <summary>Counts turns down; starts at one, which its owner releases when all are queued.</summary>
    private sealed class Countdown
    {
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count = 1;

        public Task Completed => _completed.Task;

        public void Add() => Interlocked.Increment(ref _count);

        public void Release()
        {
            if (Interlocked.Decrement(ref _count) == 0) _completed.SetResult();
        }
    }
}
