namespace OptiBid.Connectors.Http;

/// <summary>Who goes first where a market's rate limit makes calls wait.</summary>
internal enum CallPriority
{
    /// <summary>Calls for what is published now, in their order.</summary>
    Live,

    /// <summary>Calls for what was published long ago: only while no live call waits.</summary>
    Backfill,
}
