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
    /// <param name="locations">The locations wanted.</param>
    /// <param name="since">First interval start wanted of a tail, UTC.</param>
    /// <param name="isReadable">
    /// Says of a state whether its owner can use its windows. A state that cannot be read, by its owner or by the
    /// store, counts as absent, so that the tail holds everything it would have.
    /// </param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<RestoredLocation>> RestoreAsync(
        IReadOnlyCollection<LocationId> locations, DateTimeOffset since, Predicate<LocationState> isReadable, CancellationToken cancellationToken = default);

    /// <summary>The same for a reader that leaves the windows alone.</summary>
    Task<IReadOnlyList<RestoredLocation>> RestoreAsync(
        IReadOnlyCollection<LocationId> locations, DateTimeOffset since, CancellationToken cancellationToken = default) =>
        RestoreAsync(locations, since, static _ => true, cancellationToken);

    /// <summary>
    /// The newest price per location and price type as last saved, brought up to date with what the history
    /// has received since. A saved price that cannot be read counts as not saved.
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
