namespace OptiBid.History.Upkeep;

/// <summary>What a store wants done to it now and then. Any number of hosts may do it at once.</summary>
internal interface IHistoryUpkeep
{
    /// <summary>Brings the store into line with options that have changed since the last start.</summary>
    /// <exception cref="HistoryUnavailableException">The store does not answer.</exception>
    Task ApplyOptionsAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes room for the time that comes.</summary>
    /// <exception cref="HistoryUnavailableException">The store does not answer.</exception>
    Task PrepareAheadAsync(DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes prices, and values they replaced, of intervals that started before an instant. A store that is divided by
    /// time removes a division when all of it is old enough, so rows may stay as much longer as that holds.
    /// </summary>
    /// <returns>What was removed, in words, or null.</returns>
    /// <exception cref="HistoryUnavailableException">The store does not answer.</exception>
    Task<string?> RemovePricesBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default);
}
