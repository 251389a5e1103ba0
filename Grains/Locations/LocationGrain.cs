using OptiBid.Grains.Alerts;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;
using OptiBid.Grains.Quality;
using OptiBid.Grains.Validation;
using OptiBid.History;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OptiBid.Grains.Locations;

/// <summary>
/// One market location: a page that calls the <see cref="LocationBook"/>. No method that touches the book awaits
/// in its middle, so that a turn queued on this activation's scheduler never meets a half-done one.
/// </summary>
[PreferLocalPlacement]
internal sealed class LocationGrain(
    MarketRules rules,
    ActiveLocations active,
    LocationRestorer restorer,
    LocationStateFlusher flusher,
    LiveFeed live,
    LocationFindings findings,
    AlertWatch rulesOfUsers,
    ILocalSiloDetails silo,
    TimeProvider clock) : Grain, ILocationGrain, IGrainMigrationParticipant
{
    private static readonly TimeSpan RestoreAgainEvery = TimeSpan.FromSeconds(5);

    /// <summary>Turns queued on the scheduler do not count as activity; a location that has ticked lately stays.</summary>
    private static readonly TimeSpan StayAfterTick = TimeSpan.FromHours(26);

    private readonly LocationAlerts _alerts = new();
    private LocationBook _book = new();
    private LocationId _id;
    private bool _restored;
    private bool _dirty;
    private DateTimeOffset _staysUntil;
    private IGrainTimer? _restoreTimer;
    private List<QualityEvent>? _open;
    private bool _isRecalled;

    /// <summary>False once the activation has begun to go: what it is told then must be told to its successor.</summary>
    public bool IsActive { get; private set; }

    public IGrainContext Context => GrainContext;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = LocationId.TryParse(this.GetPrimaryKeyString(), out var id)
            ? id
            : throw new ArgumentException($"'{this.GetPrimaryKeyString()}' is not a location's key; expected ZONE/location.");

        if (!_restored)
        {
            _ = await restorer.TryRestoreAsync(_id, Restore, cancellationToken);
            if (!_restored) _restoreTimer = this.RegisterGrainTimer(RestoreAgainAsync, RestoreAgainEvery, RestoreAgainEvery);
        }

        IsActive = true;
        active.Add(_id, this);
        EnqueueForFlush();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        IsActive = false;
        active.Remove(_id, this);
        if (_dirty && _restored && reason.ReasonCode != DeactivationReasonCode.Migrating) flusher.Keep(Save());
        return Task.CompletedTask;
    }

    public Task<LocationTurn> ApplyAsync(Immutable<PriceTick[]> ticks)
    {
        PriceTick[] own = [.. ticks.Value];
        foreach (var tick in own)
        {
            if (tick.LocationId != _id) throw new ArgumentException($"A tick of {tick.LocationId} was given to {_id}.");
            rules.Check(tick);
        }

        var kinds = new TickKind[own.Length];
        var newest = new List<PriceUpdate>();
        var found = new List<AlertFinding>();
        Apply(own, kinds, newest, found);
        return Task.FromResult(new LocationTurn(own, kinds, [.. newest], silo.SiloAddress, [.. found]));
    }

    public Task<Immutable<PriceUpdate[]>> GetNewestAsync() => Task.FromResult(_book.Newest().AsImmutable());

    public Task MoveToAsync(SiloAddress target)
    {
        if (target.Equals(silo.SiloAddress)) return Task.CompletedTask;
        RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
        this.MigrateOnIdle();
        return Task.CompletedTask;
    }

    /// <summary>The turn itself, to be run on this activation's scheduler with ticks that keep the rules.</summary>
    /// <param name="ticks">The ticks, in order; each gets its revision.</param>
    /// <param name="kinds">How each was taken.</param>
    /// <param name="newest">Receives the newest prices that moved.</param>
    /// <param name="found">Receives what rules of alerts have found.</param>
    public void Apply(Span<PriceTick> ticks, Span<TickKind> kinds, List<PriceUpdate> newest, List<AlertFinding> found)
    {
        var now = clock.GetUtcNow();
        if (!_isRecalled) (_open, _isRecalled) = (findings.Recall(_book, now), true);
        var moved = _book.Apply(ticks, kinds);
        Collect(moved, newest);
        findings.Look(_book, moved, ref _open, now);
        _alerts.Look(_id, rulesOfUsers.InForce, _book, ticks, kinds, found);

        if (kinds.ContainsAnyExcept(TickKind.Duplicate, TickKind.Superseded)) MarkDirty();

        if (now < _staysUntil) return;
        _staysUntil = now + TimeSpan.FromHours(1);
        DelayDeactivation(StayAfterTick);
    }

    /// <summary>Looks at the newest prices with users' rules that are new; to be run on this activation's scheduler.</summary>
    /// <param name="found">Receives what they have found.</param>
    public void LookWithNewRules(List<AlertFinding> found) => _alerts.LookWithNew(_id, rulesOfUsers.InForce, _book, found);

    public void OnDehydrate(IDehydrationContext context)
    {
        context.TryAddValue("newest", _book.Newest());
        context.TryAddValue("windows", LocationBookFormat.Write(_book));
        context.TryAddValue("restored", _restored);
        context.TryAddValue("dirty", _dirty);
    }

    public void OnRehydrate(IRehydrationContext context)
    {
        if (context.TryGetValue("windows", out byte[]? windows) && windows is not null
            && context.TryGetValue("newest", out PriceUpdate[]? newest) && newest is not null)
        {
            _restored = LocationBookFormat.TryRead(windows, newest, _book)
                && context.TryGetValue("restored", out bool restored) && restored;
            _dirty = context.TryGetValue("dirty", out bool dirty) && dirty;
        }
    }

    /// <summary>Asks once more for the past; for as long as the activation is without it.</summary>
    public async Task RestoreAgainAsync(CancellationToken cancellationToken)
    {
        if (_restored || !await restorer.TryRestoreAsync(_id, Restore, cancellationToken)) return;
        _restoreTimer?.Dispose();
        EnqueueForFlush();
    }

    // One that is going has handed its state over itself.
    private LocationState? TakeForFlush() => IsActive ? Save() : null;

    private LocationState Save()
    {
        // First, so that a fault here is tried again with the next change.
        _dirty = false;
        return new LocationState(_id, clock.GetUtcNow(), _book.Newest(), LocationBookFormat.Write(_book));
    }

    private void Restore(RestoredLocation from)
    {
        // An answer to an earlier question has come in the meantime.
        if (_restored) return;

        var past = new LocationBook();
        if (from.State is { } state) _ = LocationBookFormat.TryRead(state.Windows, state.Newest, past);
        PriceTick[] tail = [.. from.Tail];
        past.Apply(tail, new TickKind[tail.Length]);
        var moved = past.Absorb(_book);
        _book = past;
        _restored = true;
        _isRecalled = false;

        // What this activation told of its newest prices before it had its past may have been wrong.
        var newest = new List<PriceUpdate>();
        Collect(moved, newest);
        live.Publish(newest);
    }

    private void Collect(int moved, List<PriceUpdate> newest)
    {
        for (var bit = 0; moved != 0; bit++, moved >>= 1)
        {
            if ((moved & 1) != 0) newest.Add(_book.NewestAt(bit));
        }
    }

    private void MarkDirty()
    {
        if (_dirty) return;
        _dirty = true;
        EnqueueForFlush();
    }

    // A book without its past must not be saved over it.
    private void EnqueueForFlush()
    {
        if (_dirty && _restored) flusher.Enqueue(GrainContext, TakeForFlush);
    }
}
