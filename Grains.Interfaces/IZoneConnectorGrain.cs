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
    /// Has a range of the past read again, or for the first time. Backfills of a zone run one after the other; they go on after a
    /// crash where they were, and their calls give way to those for live prices.
    /// </summary>
    /// <exception cref="BackfillRefusedException">The feed is unknown or has no past, the range is empty or out of reach, or too many backfills wait.</exception>
    [Alias("Backfill")]
    Task<BackfillStatus> BackfillAsync(BackfillRequest request);

    /// <summary>Backfills that wait, run, or have ended not long ago; newest first.</summary>
    [Alias("GetBackfills")]
    Task<BackfillStatus[]> GetBackfillsAsync();

    /// <summary>Ends a backfill; what it has published stays.</summary>
    /// <returns>Its state; null when there is none of that id.</returns>
    [Alias("CancelBackfill")]
    Task<BackfillStatus?> CancelBackfillAsync(string id);
}
