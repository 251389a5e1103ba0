using System.Collections.Concurrent;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Grains.Tests;

/// <summary>Location states in memory, with a switch that makes the store go away.</summary>
internal sealed class MemoryStateStore : ILocationStateStore
{
    private readonly ConcurrentDictionary<LocationId, LocationState> _states = new();

    public bool Away { get; set; }

    /// <summary>A state that this names makes the whole save be rejected.</summary>
    public Predicate<LocationState> Rejects { get; set; } = static _ => false;

    public int Restores { get; private set; }

    /// <summary>No restoring ends before this does.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public ConcurrentDictionary<LocationId, PriceTick[]> Tails { get; } = new();

    public IReadOnlyDictionary<LocationId, LocationState> States => _states;

    public void Keep(LocationState state) => _states[state.Location] = state;

    public Task SaveAsync(IReadOnlyCollection<LocationState> states, CancellationToken cancellationToken = default)
    {
        Check();
        if (states.FirstOrDefault(state => Rejects(state)) is { } bad) throw new HistoryRejectedException($"The state of {bad.Location} cannot be stored.");
        foreach (var state in states) _states[state.Location] = state;
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<RestoredLocation>> RestoreAsync(
        IReadOnlyCollection<LocationId> locations, DateTimeOffset since, Predicate<LocationState> isReadable, CancellationToken cancellationToken = default)
    {
        Check();
        Restores++;
        await Gate;
        return [.. locations.Select(id => new RestoredLocation(id, State(id), Tails.GetValueOrDefault(id, [])))];

        LocationState? State(LocationId id) => _states.TryGetValue(id, out var state) && isReadable(state) ? state : null;
    }

    public IAsyncEnumerable<PriceUpdate> ReadNewestAsync(IReadOnlyCollection<MarketZone> zones, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The grains do not read the newest prices of others.");

    private void Check()
    {
        if (Away) throw new HistoryUnavailableException("The store is away.", new TimeoutException());
    }
}
