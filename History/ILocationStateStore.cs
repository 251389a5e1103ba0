using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>
/// Rolling states of the location grains: saved now and then in batches, read back in batches when grains
/// activate. A cache of the history's tail; losing it costs time, not data.
/// </summary>
public interface ILocationStateStore
{
    /// <summary>Saves states; one that is older than what is stored changes nothing.</summary>
    /// <exception cref="HistoryUnavailableException">The store cannot be reached or refuses writes for now.</exception>
    Task SaveAsync(IReadOnlyCollection<LocationState> states, CancellationToken cancellationToken = default);

    /// <summary>
    /// One read for many locations: the saved state, and the ticks whose interval starts at or after
    /// <paramref name="since"/> and that were written to the history after the state was saved (all of them
    /// where there is no state), by interval start. Locations never seen come back with neither.
    /// </summary>
    Task<IReadOnlyList<RestoredLocation>> RestoreAsync(
        IReadOnlyCollection<LocationId> locations, DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>
    /// The newest price per location and price type as last saved, brought up to date with what the history
    /// has received since.
    /// </summary>
    IAsyncEnumerable<PriceUpdate> ReadNewestAsync(IReadOnlyCollection<MarketZone> zones, CancellationToken cancellationToken = default);
}

/// <summary>A location's rolling state.</summary>
/// <param name="Location">The place.</param>
/// <param name="SavedAt">When the state was taken, UTC.</param>
/// <param name="Newest">Newest price per price type.</param>
/// <param name="Windows">The rolling windows in the grain's own versioned binary form; opaque here.</param>
public sealed record LocationState(LocationId Location, DateTimeOffset SavedAt, PriceUpdate[] Newest, byte[] Windows);

/// <summary>What a location's grain starts from.</summary>
/// <param name="Location">The place.</param>
/// <param name="State">The saved state, if any.</param>
/// <param name="Tail">Ticks the state may not know yet, by interval start.</param>
public sealed record RestoredLocation(LocationId Location, LocationState? State, IReadOnlyList<PriceTick> Tail);
