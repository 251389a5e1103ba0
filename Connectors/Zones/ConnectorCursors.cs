namespace OptiBid.Connectors.Zones;

/// <summary>What a zone's connector remembers: how far each feed has been read and published.</summary>
[GenerateSerializer, Alias("optibid.ConnectorCursors")]
public sealed class ConnectorCursors
{
    /// <summary>Feed name to the end of the market time read, UTC.</summary>
    [Id(0)] public Dictionary<string, DateTimeOffset> Feeds { get; set; } = [];
}
