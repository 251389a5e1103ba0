using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>What a zone's connector remembers.</summary>
[GenerateSerializer, Alias("optibid.ConnectorCursors")]
public sealed class ConnectorCursors
{
    /// <summary>Feed name to the end of the market time read and published, UTC.</summary>
    [Id(0)] public Dictionary<string, DateTimeOffset> Feeds { get; set; } = [];

    /// <summary>Backfills, in the order they were asked for.</summary>
    [Id(1)] public List<BackfillStatus> Backfills { get; set; } = [];

    /// <summary>Who has paused the connector; null while it reads.</summary>
    [Id(2)] public ConnectorPause? Pause { get; set; }
}
