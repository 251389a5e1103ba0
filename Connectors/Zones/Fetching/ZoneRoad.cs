using OptiBid.Connectors.Zones.Fundamentals;

namespace OptiBid.Connectors.Zones.Fetching;

/// <summary>What all feeds of a zone share on the way from the market to the stream.</summary>
/// <param name="Publisher">Where ticks and cursors go.</param>
/// <param name="Locations">Where places go.</param>
/// <param name="Fundamentals">What is known of the zone's load and generation.</param>
/// <param name="Ingestions">Where the records of fetches go.</param>
/// <param name="Meters">Counts.</param>
/// <param name="Clock">The time.</param>
internal sealed record ZoneRoad(
    IPricePublisher Publisher,
    LocationRecorder Locations,
    ZoneFundamentals Fundamentals,
    IngestionRecorder Ingestions,
    ConnectorMeters Meters,
    TimeProvider Clock);
