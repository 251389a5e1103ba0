namespace OptiBid.History.Hosting;

/// <summary>A store that must be made ready (reached, its tables created) before it is used.</summary>
internal interface IHistoryStore
{
    /// <summary>The store by name, with nothing secret in it.</summary>
    string Name { get; }

    /// <summary>How long a starting host waits for it to answer; null for as long as it takes.</summary>
    TimeSpan? Patience { get; }

    /// <summary>Tries once to make the store ready; returns at once when it is. Safe to call from anywhere at any time.</summary>
    /// <returns>What was found, in one line.</returns>
    /// <exception cref="HistoryUnavailableException">It does not answer; try again.</exception>
    Task<string> PrepareAsync(CancellationToken cancellationToken);
}
