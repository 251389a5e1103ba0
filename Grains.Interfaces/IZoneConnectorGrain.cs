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
}

/// <summary>State of a zone's connector.</summary>
[GenerateSerializer, Immutable, Alias("optibid.ConnectorStatus")]
public sealed record ConnectorStatus(
    [property: Id(0)] MarketZone Zone,
    [property: Id(1)] FeedStatus[] Feeds);

/// <summary>State of one feed.</summary>
/// <param name="Feed">The feed's name, such as <c>pjm:rt_hrl_lmps</c>.</param>
/// <param name="LastSuccess">When it was last read without error, UTC.</param>
/// <param name="LastError">The last error in words; null once a later poll succeeded.</param>
/// <param name="LastErrorAt">When that error was, UTC.</param>
/// <param name="RowsRead">Rows read since the connector was activated.</param>
/// <param name="RowsRejected">Rows refused since then.</param>
/// <param name="ReadThrough">End of the market time read and published so far, UTC.</param>
/// <param name="NextPoll">When it will be asked next, UTC.</param>
[GenerateSerializer, Immutable, Alias("optibid.FeedStatus")]
public sealed record FeedStatus(
    [property: Id(0)] string Feed,
    [property: Id(1)] DateTimeOffset? LastSuccess,
    [property: Id(2)] string? LastError,
    [property: Id(3)] DateTimeOffset? LastErrorAt,
    [property: Id(4)] long RowsRead,
    [property: Id(5)] long RowsRejected,
    [property: Id(6)] DateTimeOffset? ReadThrough,
    [property: Id(7)] DateTimeOffset? NextPoll);
