namespace OptiBid.Grains.Interfaces;

/// <summary>
/// Reads one market for the whole cluster; its key is the zone's name. A reminder keeps it alive, a
/// persisted cursor says what has been read and published.
/// </summary>
[Alias("optibid.IZoneConnectorGrain")]
public interface IZoneConnectorGrain : IGrainWithStringKey
{
    /// <summary>Starts polling, or does nothing when it already does.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>What each of the zone's feeds is doing.</summary>
    [Alias("GetStatus")]
    Task<ConnectorStatus> GetStatusAsync();

    /// <summary>
    /// Has a range of the past read again, or for the first time, all of its feeds or none. Backfills of a zone run one after the
    /// other, feed by feed; they go on after a crash where they were, and their calls give way to those for live prices.
    /// </summary>
    /// <returns>One for each feed; they share their <see cref="BackfillStatus.Request"/>.</returns>
    /// <exception cref="BackfillRefusedException">A feed is unknown or has no past, the range is empty or out of reach, or too many backfills wait.</exception>
    [Alias("BackfillFeeds")]
    Task<BackfillStatus[]> BackfillAsync(BackfillRequest request);

    /// <summary>Backfills that wait, run, or have ended not long ago, a feed each; newest first.</summary>
    [Alias("GetBackfills")]
    Task<BackfillStatus[]> GetBackfillsAsync();

    /// <summary>Ends what is left of a request; what it has published stays.</summary>
    /// <param name="request">Its id.</param>
    /// <returns>What became of its feeds; empty when there is none of that id.</returns>
    [Alias("CancelBackfillRequest")]
    Task<BackfillStatus[]> CancelBackfillAsync(string request);

    /// <summary>
    /// Asks the market for nothing any more, backfills included, until it is resumed; also over restarts. A call that is under
    /// way is given up.
    /// </summary>
    /// <param name="by">Who wants it, for the status.</param>
    [Alias("Pause")]
    Task<ConnectorStatus> PauseAsync(string by);

    /// <summary>Goes on from the cursors, so that nothing of the time between is missed; does nothing when it is not paused.</summary>
    [Alias("Resume")]
    Task<ConnectorStatus> ResumeAsync();
}
